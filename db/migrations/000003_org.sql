CREATE SCHEMA org;
COMMENT ON SCHEMA org IS 'Regions, units, people and posts.';
GRANT USAGE ON SCHEMA org TO taizhang_actor, taizhang_gate, taizhang_admin, taizhang_auditor;

CREATE TABLE org.regions (
  code    bigint   PRIMARY KEY,
  parent  bigint   REFERENCES org.regions,
  level   text     NOT NULL CHECK (level IN ('country', 'province', 'prefecture', 'county', 'township', 'village')),
  name_zh text     NOT NULL,
  name_en text,
  note    text
);
COMMENT ON TABLE org.regions IS 'Administrative regions by their 12-digit statistical code. A reference table: names of places are public.';
COMMENT ON COLUMN org.regions.level IS 'level by the code; a development zone with a code of its own counts as its level';
CREATE INDEX regions_by_parent ON org.regions (parent);

CREATE TABLE org.units (
  county  integer NOT NULL,
  id      bigint  GENERATED ALWAYS AS IDENTITY,
  region  bigint  NOT NULL REFERENCES org.regions,
  code    text    NOT NULL,
  name_zh text    NOT NULL,
  name_en text    NOT NULL,
  kind    text    NOT NULL,
  CONSTRAINT units_pk PRIMARY KEY (county, id),
  CONSTRAINT units_code UNIQUE (county, code),
  CONSTRAINT units_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE org.units IS 'Government offices, departments, township governments, zone committees, village committees.';

CREATE TABLE org.people (
  county integer NOT NULL,
  id     bigint  GENERATED ALWAYS AS IDENTITY,
  region bigint  NOT NULL,
  code   text    NOT NULL,
  name   text    NOT NULL,
  CONSTRAINT people_pk PRIMARY KEY (county, id),
  CONSTRAINT people_code UNIQUE (county, code),
  CONSTRAINT people_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE org.people IS 'Officials who hold posts. No personal data beyond the name.';

CREATE TABLE org.posts (
  county   integer NOT NULL,
  id       bigint  GENERATED ALWAYS AS IDENTITY,
  region   bigint  NOT NULL REFERENCES org.regions,
  unit     bigint  NOT NULL,
  person   bigint,
  code     text    NOT NULL,
  role     text    NOT NULL CHECK (role IN ('leader', 'dispatcher', 'department', 'township', 'village', 'enterprise',
                                            'prefecture', 'sysadmin', 'secadmin', 'auditor')),
  title_zh text    NOT NULL,
  title_en text    NOT NULL,
  CONSTRAINT posts_pk PRIMARY KEY (county, id),
  CONSTRAINT posts_code UNIQUE (county, code),
  CONSTRAINT posts_unit FOREIGN KEY (county, unit) REFERENCES org.units,
  CONSTRAINT posts_person FOREIGN KEY (county, person) REFERENCES org.people,
  CONSTRAINT posts_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE org.posts IS 'A post is unit + role + region; its holder acts within the subtree of region. Nobody acts through two at a time.';
COMMENT ON COLUMN org.posts.region IS 'root of the scope; may lie below the region of the unit';

ALTER TABLE org.units ENABLE ROW LEVEL SECURITY;
ALTER TABLE org.people ENABLE ROW LEVEL SECURITY;
ALTER TABLE org.posts ENABLE ROW LEVEL SECURITY;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['units', 'people', 'posts'] LOOP
    EXECUTE format('CREATE POLICY %I ON org.%I FOR SELECT TO taizhang_actor, taizhang_admin, taizhang_auditor
      USING (region >= app.region_from() AND region < app.region_to())', t || '_read', t);
    EXECUTE format('CREATE POLICY %I ON org.%I FOR SELECT TO taizhang_gate USING (true)', t || '_gate', t);
    EXECUTE format('CREATE POLICY %I ON org.%I FOR INSERT TO taizhang_admin
      WITH CHECK (app.may_write() AND region >= app.region_from() AND region < app.region_to())', t || '_insert', t);
    EXECUTE format('GRANT SELECT ON org.%I TO taizhang_actor, taizhang_gate, taizhang_admin, taizhang_auditor', t);
    EXECUTE format('GRANT INSERT ON org.%I TO taizhang_admin', t);
  END LOOP;
END $$;
-- A post changes hands; nothing else about it changes in place.
GRANT UPDATE (person) ON org.posts TO taizhang_admin;
CREATE POLICY posts_hand_over ON org.posts FOR UPDATE TO taizhang_admin
  USING (app.may_write() AND region >= app.region_from() AND region < app.region_to());
GRANT SELECT ON org.regions TO taizhang_actor, taizhang_gate, taizhang_admin, taizhang_auditor;

CREATE TABLE org.installation (
  one        boolean     PRIMARY KEY DEFAULT true CHECK (one),
  county     bigint      NOT NULL REFERENCES org.regions,
  mode       text        NOT NULL CHECK (mode IN ('demo', 'production')),
  pack       text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE org.installation IS 'What this database is: whose ledger, and whether it is a demonstration (which binds to loopback only).';
GRANT SELECT ON org.installation TO taizhang_actor, taizhang_gate, taizhang_admin, taizhang_auditor;
