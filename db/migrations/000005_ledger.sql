CREATE SCHEMA ledger;
COMMENT ON SCHEMA ledger IS 'THE ledger: measures, figures with their sources, corrections, one-offs. Append-only.';
GRANT USAGE ON SCHEMA ledger TO taizhang_actor;

CREATE TABLE ledger.measures (
  id              integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  code            text    NOT NULL CONSTRAINT measures_code UNIQUE,
  name_zh         text    NOT NULL,
  name_en         text    NOT NULL,
  unit            text    NOT NULL,
  display_unit    text    NOT NULL,
  decimals        integer NOT NULL CHECK (decimals BETWEEN 0 AND 6),
  kind            text    NOT NULL CHECK (kind IN ('flow', 'stock', 'rate', 'average')),
  price_basis     text    NOT NULL CHECK (price_basis IN ('nominal', 'comparable', 'none')),
  growth_policy   text    NOT NULL CHECK (growth_policy IN ('reported', 'recomputable')),
  direction       text    NOT NULL CHECK (direction IN ('up', 'down', 'neutral')),
  frequency       text    NOT NULL CHECK (frequency IN ('monthly', 'quarterly', 'yearly')),
  additive        boolean NOT NULL,
  allows_negative boolean NOT NULL,
  topic           text    NOT NULL,
  sort            integer NOT NULL
);
COMMENT ON TABLE ledger.measures IS 'What can be measured. A reference table.';
COMMENT ON COLUMN ledger.measures.unit IS 'canonical unit in which values are stored (money: 万元)';
COMMENT ON COLUMN ledger.measures.display_unit IS 'unit shown to people, with so many decimals';
COMMENT ON COLUMN ledger.measures.growth_policy IS 'reported: the published growth is never recomputed from values';
COMMENT ON COLUMN ledger.measures.topic IS 'economy: the indicators of the overview and the briefing; industry, projects, relief: those of their domains';
COMMENT ON COLUMN ledger.measures.additive IS 'the values of the parts add up to the whole';

CREATE TABLE ledger.sources (
  county      integer     NOT NULL,
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  region      bigint      NOT NULL,
  kind        text        NOT NULL CHECK (kind IN ('speech', 'synthetic', 'file', 'return', 'person')),
  title       text        NOT NULL,
  file_name   text,
  sha256      text,
  bytes       bigint,
  rows        bigint,
  audience    bigint,
  idempotency text,
  recorded_by bigint      NOT NULL,
  recorded_by_title text  NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT sources_pk PRIMARY KEY (county, id),
  CONSTRAINT sources_once UNIQUE (county, recorded_by, idempotency),
  CONSTRAINT sources_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE ledger.sources IS 'Where figures came from: one row for each file, return, or entry by a person.';
COMMENT ON COLUMN ledger.sources.region IS 'smallest region that covers all its figures in this county; a file on several counties has a row in each';
COMMENT ON COLUMN ledger.sources.audience IS 'whose posts may also read this row: the covering region itself (who may read a figure may read its source), or the audience of the circular';
COMMENT ON COLUMN ledger.sources.recorded_by_title IS 'unit and title of the post at that time, so that who may read the source need not read the post';
COMMENT ON COLUMN ledger.sources.idempotency IS 'key of the request: the same key by the same post records nothing twice';

CREATE TABLE ledger.figures (
  county      integer     NOT NULL,
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  region      bigint      NOT NULL,
  measure     integer     NOT NULL REFERENCES ledger.measures,
  version     integer     NOT NULL DEFAULT 1 CHECK (version >= 1),
  subject     text        NOT NULL DEFAULT 'region',
  aspect      text        NOT NULL CHECK (aspect IN ('value', 'growth', 'rank', 'completion')),
  basis       text        NOT NULL CHECK (basis IN ('ytd', 'month', 'point', 'year', 'quarter')),
  period      text        NOT NULL,
  value       numeric     NOT NULL,
  qualifier   text        CHECK (qualifier IN ('about', 'near', 'over')),
  stated      text,
  source      bigint      NOT NULL,
  locator     text,
  audience    bigint,
  recorded_by bigint      NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT figures_pk PRIMARY KEY (county, id),
  CONSTRAINT figures_key UNIQUE (county, region, period, measure, aspect, basis, subject, version),
  CONSTRAINT figures_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE ledger.figures IS 'Every periodic number: subject × measure × period × basis → value. Never changed, never deleted.';
COMMENT ON COLUMN ledger.figures.subject IS 'region for the region itself, else what in the region: product:alumina, project:17';
COMMENT ON COLUMN ledger.figures.aspect IS 'value in the canonical unit; growth 同比 in percent as published; rank and completion as printed, for comparison only';
COMMENT ON COLUMN ledger.figures.version IS '1, and one more for each correction; the highest is current';
COMMENT ON COLUMN ledger.figures.stated IS 'the text as it stood in the source, for instance 78.5 亿元';
COMMENT ON COLUMN ledger.figures.locator IS 'place in the source: row and column, cell, or paragraph';
COMMENT ON COLUMN ledger.figures.audience IS 'region whose posts may also read this figure (a circular to its subtree); null is the scope alone';
-- Serves pages in order of period, with or without a measure, and one measure in one period over many regions.
CREATE INDEX figures_by_period ON ledger.figures (county, period, measure, region, id);

CREATE TABLE ledger.corrections (
  county      integer     NOT NULL,
  region      bigint      NOT NULL,
  superseded  bigint      NOT NULL,
  replacement bigint      NOT NULL,
  reason      text        NOT NULL CHECK (length(reason) BETWEEN 2 AND 500),
  audience    bigint,
  recorded_by bigint      NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT corrections_pk PRIMARY KEY (county, superseded),
  CONSTRAINT corrections_replacement UNIQUE (county, replacement),
  CONSTRAINT corrections_old FOREIGN KEY (county, superseded) REFERENCES ledger.figures,
  CONSTRAINT corrections_new FOREIGN KEY (county, replacement) REFERENCES ledger.figures,
  CONSTRAINT corrections_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE ledger.corrections IS 'A correction keeps both figures and says why. A figure is corrected once; its replacement may be corrected again.';

CREATE TABLE ledger.one_offs (
  county      integer     NOT NULL,
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  region      bigint      NOT NULL,
  measure     integer     NOT NULL REFERENCES ledger.measures,
  period      text        NOT NULL,
  amount      numeric     NOT NULL CHECK (amount <> 0),
  stated      text        NOT NULL,
  reason      text        NOT NULL,
  source      bigint      NOT NULL,
  recorded_by bigint      NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT one_offs_pk PRIMARY KEY (county, id),
  CONSTRAINT one_offs_once UNIQUE (county, region, measure, period, reason),
  CONSTRAINT one_offs_source FOREIGN KEY (county, source) REFERENCES ledger.sources,
  CONSTRAINT one_offs_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE ledger.one_offs IS 'Incomparable items (不可比因素): amounts that fell into one month and do not come again.';
COMMENT ON COLUMN ledger.one_offs.period IS 'the month in which it fell';
COMMENT ON COLUMN ledger.one_offs.amount IS 'canonical unit of the measure; positive swelled the month';

CREATE TABLE ledger.versions (
  county  integer PRIMARY KEY,
  version bigint  NOT NULL
);
COMMENT ON TABLE ledger.versions IS 'Goes up in every transaction that adds to the ledger or targets of a county: the key under which answers may be kept.';

ALTER TABLE ledger.sources ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.figures ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.corrections ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.one_offs ENABLE ROW LEVEL SECURITY;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['sources', 'figures', 'corrections'] LOOP
    EXECUTE format('CREATE POLICY %I ON ledger.%I FOR SELECT TO taizhang_actor
      USING ((region >= app.region_from() AND region < app.region_to()) OR audience = ANY (app.lineage()))', t || '_read', t);
  END LOOP;
  CREATE POLICY one_offs_read ON ledger.one_offs FOR SELECT TO taizhang_actor
    USING (region >= app.region_from() AND region < app.region_to());
  FOREACH t IN ARRAY ARRAY['sources', 'figures', 'corrections', 'one_offs'] LOOP
    EXECUTE format('CREATE POLICY %I ON ledger.%I FOR INSERT TO taizhang_actor
      WITH CHECK (app.may_write() AND region >= app.region_from() AND region < app.region_to())', t || '_insert', t);
    EXECUTE format('GRANT SELECT, INSERT ON ledger.%I TO taizhang_actor', t);
  END LOOP;
END $$;
GRANT SELECT ON ledger.measures TO taizhang_actor;
GRANT SELECT, INSERT, UPDATE ON ledger.versions TO taizhang_actor;
