CREATE SCHEMA indicators;
COMMENT ON SCHEMA indicators IS 'Targets, comparison sets, seasonal plans. What is derived from figures is never stored.';
GRANT USAGE ON SCHEMA indicators TO taizhang_actor;

CREATE TABLE indicators.targets (
  county      integer     NOT NULL,
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  region      bigint      NOT NULL,
  measure     integer     NOT NULL REFERENCES ledger.measures,
  year        integer     NOT NULL CHECK (year BETWEEN 1949 AND 2200),
  kind        text        NOT NULL CHECK (kind IN ('value', 'growth')),
  version     integer     NOT NULL DEFAULT 1,
  value       numeric     NOT NULL,
  stated      text        NOT NULL,
  reason      text,
  source      bigint      NOT NULL,
  locator     text,
  recorded_by bigint      NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT targets_pk PRIMARY KEY (county, id),
  CONSTRAINT targets_key UNIQUE (county, region, measure, year, kind, version),
  CONSTRAINT targets_source FOREIGN KEY (county, source) REFERENCES ledger.sources,
  CONSTRAINT targets_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE indicators.targets IS 'Annual targets (全年任务). A changed target is a new version; the highest holds.';
COMMENT ON COLUMN indicators.targets.value IS 'canonical unit of the measure, or percent for a growth target';

CREATE TABLE indicators.comparison_sets (
  code          text    PRIMARY KEY,
  region        bigint  NOT NULL REFERENCES org.regions,
  name_zh       text    NOT NULL,
  name_en       text    NOT NULL,
  rank_by       text    NOT NULL CHECK (rank_by IN ('growth', 'value')),
  count_missing boolean NOT NULL DEFAULT false,
  members       bigint[] NOT NULL
);
COMMENT ON TABLE indicators.comparison_sets IS 'Who is ranked with whom (排名范围); ties 1,1,3. A reference table.';
COMMENT ON COLUMN indicators.comparison_sets.region IS 'the region that ranks them';

ALTER TABLE indicators.targets ENABLE ROW LEVEL SECURITY;
CREATE POLICY targets_read ON indicators.targets FOR SELECT TO taizhang_actor
  USING (region >= app.region_from() AND region < app.region_to());
CREATE POLICY targets_insert ON indicators.targets FOR INSERT TO taizhang_actor
  WITH CHECK (app.may_write() AND region >= app.region_from() AND region < app.region_to());
GRANT SELECT, INSERT ON indicators.targets TO taizhang_actor;
GRANT SELECT ON indicators.comparison_sets TO taizhang_actor;
