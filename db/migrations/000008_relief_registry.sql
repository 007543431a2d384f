CREATE SCHEMA relief;
COMMENT ON SCHEMA relief IS 'The relief registry (建档立卡), registers to compare it with, and the clues of a look-back (回头看) on their way to a verdict.';
GRANT USAGE ON SCHEMA relief TO taizhang_actor;

-- The poverty relief office is the one department that reads the registry.
ALTER TABLE org.posts DROP CONSTRAINT posts_role_check;
ALTER TABLE org.posts ADD CONSTRAINT posts_role_check CHECK (role IN ('leader', 'dispatcher', 'department', 'relief', 'township',
  'village', 'enterprise', 'prefecture', 'sysadmin', 'secadmin', 'auditor'));

CREATE TABLE relief.imports (
  county      integer     NOT NULL,
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  region      bigint      NOT NULL,
  title       text        NOT NULL,
  origin      text        NOT NULL CHECK (origin IN ('file', 'synthetic')),
  file_name   text        NOT NULL,
  sha256      text        NOT NULL,
  bytes       bigint      NOT NULL,
  persons     integer     NOT NULL,
  households  integer     NOT NULL,
  added       integer     NOT NULL,
  changed     integer     NOT NULL,
  absent      integer     NOT NULL,
  doubts      integer     NOT NULL,
  recorded_by bigint      NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT imports_pk PRIMARY KEY (county, id),
  CONSTRAINT imports_once UNIQUE (county, region, sha256),
  CONSTRAINT imports_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.imports IS 'Each export of the national system that was read in: whole or not at all, and the same file once.';

COMMENT ON COLUMN relief.imports.changed IS 'amendments of known persons and households';
COMMENT ON COLUMN relief.imports.absent IS 'registered persons of the region whom the file does not have; they stay';
COMMENT ON COLUMN relief.imports.doubts IS 'cells that are likely wrong and were kept as they stood';

CREATE TABLE relief.households (
  county       integer NOT NULL,
  id           bigint  GENERATED ALWAYS AS IDENTITY,
  region       bigint  NOT NULL REFERENCES org.regions,
  number       text    NOT NULL,
  form         jsonb   NOT NULL DEFAULT '{}',
  phone        bytea,
  phone_hash   bytea,
  phone_mask   text,
  account      bytea,
  account_hash bytea,
  account_mask text,
  origin       bigint  NOT NULL,
  CONSTRAINT households_pk PRIMARY KEY (county, id),
  CONSTRAINT households_number UNIQUE (county, number),
  CONSTRAINT households_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.households IS 'Registered households 户. What the form asks besides is in form, by the field codes of core/registry/fields.ts.';
COMMENT ON COLUMN relief.households.region IS 'the administrative village';
COMMENT ON COLUMN relief.households.number IS '户编号 of the national system';
COMMENT ON COLUMN relief.households.phone IS 'sealed; _hash: keyed, to find it again; _mask: as it is shown';
COMMENT ON COLUMN relief.households.origin IS 'the import that brought it';
CREATE INDEX households_by_region ON relief.households (county, region, id);
CREATE INDEX households_by_phone ON relief.households (county, phone_hash);

CREATE TABLE relief.persons (
  county      integer NOT NULL,
  id          bigint  GENERATED ALWAYS AS IDENTITY,
  region      bigint  NOT NULL,
  number      text    NOT NULL,
  name        text    NOT NULL,
  sex         text    CHECK (sex IN ('male', 'female')),
  birth_year  integer,
  id_number   bytea,
  id_hash     bytea,
  id_mask     text,
  form        jsonb   NOT NULL DEFAULT '{}',
  CONSTRAINT persons_pk PRIMARY KEY (county, id),
  CONSTRAINT persons_number UNIQUE (county, number),
  CONSTRAINT persons_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.persons IS 'Registered persons 人. The form of the person is in form, as with households.';
COMMENT ON COLUMN relief.persons.number IS '人编号 of the national system';
COMMENT ON COLUMN relief.persons.id_number IS 'ID number or the number of the disability certificate, sealed, as it stood in the export';
COMMENT ON COLUMN relief.persons.id_hash IS 'keyed hash of the normalised number; null where it is missing. Not unique: two rows with one number are found and shown, not hidden';
COMMENT ON COLUMN relief.persons.birth_year IS 'from the ID number; null where it does not say';
CREATE INDEX persons_by_name ON relief.persons (county, region, name);
CREATE INDEX persons_by_id_number ON relief.persons (county, id_hash);

CREATE TABLE relief.memberships (
  county    integer NOT NULL,
  id        bigint  GENERATED ALWAYS AS IDENTITY,
  region    bigint  NOT NULL,
  household bigint  NOT NULL,
  person    bigint  NOT NULL,
  relation  text    NOT NULL,
  from_day  date    NOT NULL,
  to_day    date,
  CONSTRAINT memberships_pk PRIMARY KEY (county, id),
  CONSTRAINT memberships_forward CHECK (to_day IS NULL OR to_day >= from_day),
  CONSTRAINT memberships_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.memberships IS 'Who belongs to which household, from when to when.';
COMMENT ON COLUMN relief.memberships.relation IS '与户主关系 as the export words it';
COMMENT ON COLUMN relief.memberships.to_day IS 'the last day; null while it lasts';
CREATE INDEX memberships_by_household ON relief.memberships (county, household);
CREATE INDEX memberships_ended ON relief.memberships (county, person) WHERE to_day IS NOT NULL;
CREATE UNIQUE INDEX memberships_current ON relief.memberships (county, person) WHERE to_day IS NULL;

CREATE TABLE relief.causes (
  county    integer NOT NULL,
  region    bigint  NOT NULL,
  household bigint  NOT NULL,
  cause     text    NOT NULL,
  is_main   boolean NOT NULL,
  CONSTRAINT causes_pk PRIMARY KEY (county, household, cause),
  CONSTRAINT causes_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.causes IS '致贫原因: one main, others several; codes of core/registry/causes.ts.';

CREATE TABLE relief.incomes (
  county     integer NOT NULL,
  region     bigint  NOT NULL,
  household  bigint  NOT NULL,
  year       integer NOT NULL CHECK (year BETWEEN 1990 AND 2200),
  wage       numeric,
  business   numeric,
  transfer   numeric,
  property   numeric,
  total      numeric,
  costs      numeric,
  net        numeric,
  members    integer,
  per_capita numeric,
  recorded_by bigint NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT incomes_pk PRIMARY KEY (county, household, year),
  CONSTRAINT incomes_household FOREIGN KEY (county, household) REFERENCES relief.households,
  CONSTRAINT incomes_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.incomes IS 'Income of a year in yuan, as stated on the form: A17 total = wage + business + transfer + property, A19 net = A17 − A18 costs, A20 = A19 ÷ members.';

CREATE TABLE relief.measures (
  county      integer NOT NULL,
  id          bigint  GENERATED ALWAYS AS IDENTITY,
  region      bigint  NOT NULL,
  household   bigint  NOT NULL,
  kind        text    NOT NULL,
  unit        text    NOT NULL,
  content     text    NOT NULL,
  cost        numeric CHECK (cost >= 0),
  on_day      date    NOT NULL,
  signed_by   text    NOT NULL,
  recorded_by bigint  NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT measures_pk PRIMARY KEY (county, id),
  CONSTRAINT measures_household FOREIGN KEY (county, household) REFERENCES relief.households,
  CONSTRAINT measures_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.measures IS '帮扶措施: kind by core/registry/causes.ts, cost in yuan, signed by the head of the household.';
CREATE INDEX measures_by_household ON relief.measures (county, household, on_day);

CREATE TABLE relief.registry_actions (
  county      integer     NOT NULL,
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  region      bigint      NOT NULL,
  household   bigint      NOT NULL,
  person      bigint,
  kind        text        NOT NULL CHECK (kind IN ('register', 'amend', 'exit', 'return', 'remove', 'restore')),
  on_day      date        NOT NULL,
  reason      text,
  before      jsonb,
  after       jsonb,
  clue        bigint,
  import      bigint,
  recorded_by bigint      NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT registry_actions_pk PRIMARY KEY (county, id),
  CONSTRAINT registry_actions_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.registry_actions IS 'What happened to a household or a person in the registry. Status is derived from it and stored nowhere.';
COMMENT ON COLUMN relief.registry_actions.person IS 'null: the whole household';
COMMENT ON COLUMN relief.registry_actions.before IS 'the state before, masked; after: likewise';
CREATE INDEX registry_actions_by_household ON relief.registry_actions (county, household, id);

-- ── Who may what ──────────────────────────────────────────────────────────────────────────────────────────────────────

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['imports', 'households', 'persons', 'memberships', 'causes', 'incomes', 'measures', 'registry_actions'] LOOP
    EXECUTE format('ALTER TABLE relief.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON relief.%I FOR SELECT TO taizhang_actor
      USING (region >= app.region_from() AND region < app.region_to())', t || '_read', t);
    EXECUTE format('CREATE POLICY %I ON relief.%I FOR INSERT TO taizhang_actor
      WITH CHECK (app.may_write() AND region >= app.region_from() AND region < app.region_to())', t || '_insert', t);
    EXECUTE format('GRANT SELECT, INSERT ON relief.%I TO taizhang_actor', t);
  END LOOP;
  -- What changes in place: what an export brings anew, a membership that ends, and anything sealed when the key is changed.
  FOREACH t IN ARRAY ARRAY['households', 'persons', 'memberships', 'incomes'] LOOP
    EXECUTE format('CREATE POLICY %I ON relief.%I FOR UPDATE TO taizhang_actor
      USING (app.may_write() AND region >= app.region_from() AND region < app.region_to())', t || '_update', t);
  END LOOP;
  CREATE POLICY causes_delete ON relief.causes FOR DELETE TO taizhang_actor
    USING (app.may_write() AND region >= app.region_from() AND region < app.region_to());
END $$;
GRANT UPDATE (region, form, phone, phone_hash, phone_mask, account, account_hash, account_mask) ON relief.households TO taizhang_actor;
GRANT UPDATE (region, name, sex, birth_year, id_number, id_hash, id_mask, form) ON relief.persons TO taizhang_actor;
GRANT UPDATE (to_day) ON relief.memberships TO taizhang_actor;
GRANT UPDATE (wage, business, transfer, property, total, costs, net, members, per_capita, recorded_by, recorded_at) ON relief.incomes TO taizhang_actor;
GRANT DELETE ON relief.causes TO taizhang_actor;
