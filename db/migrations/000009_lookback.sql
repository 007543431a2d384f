-- ── Registers and runs ────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE relief.registers (
  county      integer     NOT NULL,
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  region      bigint      NOT NULL,
  kind        text        NOT NULL CHECK (kind ~ '^[a-z][a-z0-9_-]{1,30}$'),
  title       text        NOT NULL,
  file_name   text        NOT NULL,
  sha256      text        NOT NULL,
  bytes       bigint      NOT NULL,
  rows        integer     NOT NULL,
  as_of       date        NOT NULL,
  mapping     jsonb       NOT NULL,
  recorded_by bigint      NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT registers_pk PRIMARY KEY (county, id),
  CONSTRAINT registers_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.registers IS 'Lists to compare the registry with (车辆, 财政供养, 房产, 工商 …): the file, its hash and date, and how its columns were read.';
COMMENT ON COLUMN relief.registers.mapping IS 'our column → column of the file; the newest of a kind is offered next time';

CREATE TABLE relief.register_pieces (
  county   integer NOT NULL,
  region   bigint  NOT NULL,
  register bigint  NOT NULL,
  number   integer NOT NULL,
  sealed   bytea   NOT NULL,
  CONSTRAINT register_pieces_pk PRIMARY KEY (county, register, number),
  CONSTRAINT register_pieces_register FOREIGN KEY (county, register) REFERENCES relief.registers,
  CONSTRAINT register_pieces_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.register_pieces IS 'The rows of a register, sealed, until the run that uses them is over; then deleted.';

CREATE TABLE relief.rule_sets (
  county      integer     NOT NULL,
  region      bigint      NOT NULL,
  version     text        NOT NULL,
  rules       jsonb       NOT NULL,
  recorded_by bigint      NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT rule_sets_pk PRIMARY KEY (county, version),
  CONSTRAINT rule_sets_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.rule_sets IS 'Rules that make a match a clue, as a whole under a version; never changed. The newest holds.';

CREATE TABLE relief.runs (
  county      integer     NOT NULL,
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  region      bigint      NOT NULL,
  title       text        NOT NULL,
  registers   bigint[]    NOT NULL,
  rules       jsonb       NOT NULL,
  rule_version text       NOT NULL,
  key         text        NOT NULL,
  recorded_by bigint      NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT runs_pk PRIMARY KEY (county, id),
  CONSTRAINT runs_once UNIQUE (county, recorded_by, key),
  CONSTRAINT runs_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.runs IS 'One look-back: registry × registers under one version of the rules.';
COMMENT ON COLUMN relief.runs.key IS 'of the request: asked for twice, it is begun once';

CREATE TABLE relief.run_actions (
  county      integer     NOT NULL,
  region      bigint      NOT NULL,
  run         bigint      NOT NULL,
  step        integer     NOT NULL CHECK (step >= 1),
  kind        text        NOT NULL CHECK (kind IN ('begin', 'done', 'fail', 'cancel', 'send')),
  detail      jsonb       NOT NULL DEFAULT '{}',
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT run_actions_pk PRIMARY KEY (county, run, step),
  CONSTRAINT run_actions_run FOREIGN KEY (county, run) REFERENCES relief.runs,
  CONSTRAINT run_actions_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.run_actions IS 'The course of a run; the last step is its state. Two who act at once meet in the primary key.';

CREATE TABLE relief.matches (
  county      integer NOT NULL,
  id          bigint  GENERATED ALWAYS AS IDENTITY,
  region      bigint  NOT NULL,
  run         bigint  NOT NULL,
  register    bigint  NOT NULL,
  person      bigint  NOT NULL,
  relative    bigint,
  row_key     text    NOT NULL,
  tier        text    NOT NULL CHECK (tier IN ('exact', 'repaired', 'name', 'household')),
  probability double precision NOT NULL CHECK (probability BETWEEN 0 AND 1),
  evidence    jsonb   NOT NULL,
  row         bytea   NOT NULL,
  row_hash    bytea   NOT NULL,
  rule        text,
  matter      text,
  clue        bigint,
  CONSTRAINT matches_pk PRIMARY KEY (county, id),
  CONSTRAINT matches_once UNIQUE (county, run, register, row_key, person, tier),
  CONSTRAINT matches_run FOREIGN KEY (county, run) REFERENCES relief.runs,
  CONSTRAINT matches_person FOREIGN KEY (county, person) REFERENCES relief.persons,
  CONSTRAINT matches_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.matches IS 'A registered person and a row of a register that are likely one person, or (household) a relative of one.';
COMMENT ON COLUMN relief.matches.row_key IS 'keyed hash of the key of the row';
COMMENT ON COLUMN relief.matches.relative IS 'household: the member of the same household whom the row itself is likely to be';
COMMENT ON COLUMN relief.matches.evidence IS 'field by field: how the two sides agree; no value of either';
COMMENT ON COLUMN relief.matches.row IS 'the row of the register, sealed';
COMMENT ON COLUMN relief.matches.row_hash IS 'keyed hash of what the row says, to tell whether anything changed since the last run';
COMMENT ON COLUMN relief.matches.rule IS 'the rule it falls under; null: none, it is shown and not sent';
COMMENT ON COLUMN relief.matches.clue IS 'the clue that it is evidence for, once sent';
CREATE INDEX matches_by_clue ON relief.matches (county, clue);
CREATE INDEX matches_by_run ON relief.matches (county, run, rule);

-- ── Clues ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE relief.clues (
  county       integer     NOT NULL,
  id           bigint      GENERATED ALWAYS AS IDENTITY,
  region       bigint      NOT NULL,
  person       bigint      NOT NULL,
  household    bigint      NOT NULL,
  matter       text        NOT NULL,
  rule         text        NOT NULL,
  rule_version text        NOT NULL,
  effect       text        NOT NULL CHECK (effect IN ('exclude', 'flag')),
  confidential boolean     NOT NULL,
  run          bigint      NOT NULL,
  fingerprint  bytea       NOT NULL,
  probability  double precision NOT NULL,
  due_day      date        NOT NULL,
  recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  step         integer     NOT NULL,
  verb         text        NOT NULL,
  queue        text        NOT NULL,
  since        timestamptz NOT NULL DEFAULT clock_timestamp(),
  visitors     text[],
  verdict      text,
  notice       bigint,
  CONSTRAINT clues_pk PRIMARY KEY (county, id),
  CONSTRAINT clues_once UNIQUE (county, person, matter, fingerprint),
  CONSTRAINT clues_person FOREIGN KEY (county, person) REFERENCES relief.persons,
  CONSTRAINT clues_household FOREIGN KEY (county, household) REFERENCES relief.households,
  CONSTRAINT clues_run FOREIGN KEY (county, run) REFERENCES relief.runs,
  CONSTRAINT clues_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.clues IS '线索: a person and a matter to be verified. One for each person and matter; the same evidence does not come twice.';
COMMENT ON COLUMN relief.clues.fingerprint IS 'keyed hash of person, matter and all rows that speak for it';
COMMENT ON COLUMN relief.clues.confidential IS 'seen only by posts over a whole county or more: below, not even counted';
COMMENT ON COLUMN relief.clues.step IS 'of the last row of clue_actions, written with it: verb, queue, since, and the newest visitors, verdict and notice';
COMMENT ON COLUMN relief.clues.queue IS 'where it waits; one column, so it is never in two. What counts is clue_actions, from which all of these follow';
COMMENT ON COLUMN relief.clues.due_day IS 'last day for the verdict, a working day';
CREATE INDEX clues_by_region ON relief.clues (county, region, due_day, id);
CREATE INDEX clues_by_queue ON relief.clues (queue, due_day, id, region) WHERE queue <> 'closed';
CREATE INDEX clues_by_notice ON relief.clues (county, notice) WHERE notice IS NOT NULL;

CREATE TABLE relief.clue_actions (
  county       integer     NOT NULL,
  region       bigint      NOT NULL,
  confidential boolean     NOT NULL,
  clue         bigint      NOT NULL,
  step         integer     NOT NULL CHECK (step >= 1),
  verb         text        NOT NULL,
  queue        text        NOT NULL,
  detail       jsonb       NOT NULL DEFAULT '{}',
  recorded_by  bigint      NOT NULL,
  recorded_by_title text   NOT NULL,
  recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT clue_actions_pk PRIMARY KEY (county, clue, step),
  CONSTRAINT clue_actions_clue FOREIGN KEY (county, clue) REFERENCES relief.clues,
  CONSTRAINT clue_actions_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.clue_actions IS 'What was done with a clue, step by step: the record that counts. Two who act at once meet in the step of the clue.';
COMMENT ON COLUMN relief.clue_actions.verb IS 'core/clues/clue-loop.ts, which also says what follows what';

CREATE TABLE relief.evidence_files (
  county       integer     NOT NULL,
  id           bigint      GENERATED ALWAYS AS IDENTITY,
  region       bigint      NOT NULL,
  confidential boolean     NOT NULL,
  clue         bigint      NOT NULL,
  kind         text        NOT NULL CHECK (kind IN ('photo', 'signature')),
  media_type   text        NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
  sha256       text        NOT NULL,
  sealed       bytea       NOT NULL,
  taken_at     timestamptz,
  latitude     double precision CHECK (latitude BETWEEN -90 AND 90),
  longitude    double precision CHECK (longitude BETWEEN -180 AND 180),
  recorded_by  bigint      NOT NULL,
  recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT evidence_files_pk PRIMARY KEY (county, id),
  CONSTRAINT evidence_files_once UNIQUE (county, clue, kind, sha256),
  CONSTRAINT evidence_files_clue FOREIGN KEY (county, clue) REFERENCES relief.clues,
  CONSTRAINT evidence_files_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.evidence_files IS 'Photographs and signatures of visits, sealed.';

CREATE TABLE relief.recusals (
  county      integer     NOT NULL,
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  region      bigint      NOT NULL,
  official    text        NOT NULL,
  household   bigint      NOT NULL,
  kinship     text        NOT NULL,
  recorded_by bigint      NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT recusals_pk PRIMARY KEY (county, id),
  CONSTRAINT recusals_once UNIQUE (county, household, official),
  CONSTRAINT recusals_household FOREIGN KEY (county, household) REFERENCES relief.households,
  CONSTRAINT recusals_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.recusals IS '回避: which official is a relative of which household, and so must not verify it. Members themselves need no row.';
COMMENT ON COLUMN relief.recusals.official IS 'name of the official as in org.people';

CREATE TABLE relief.notices (
  county      integer     NOT NULL,
  id          bigint      GENERATED ALWAYS AS IDENTITY,
  region      bigint      NOT NULL,
  title       text        NOT NULL,
  posted_on   date        NOT NULL,
  ends_on     date        NOT NULL,
  contact     text        NOT NULL,
  key         text        NOT NULL,
  recorded_by bigint      NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT notices_pk PRIMARY KEY (county, id),
  CONSTRAINT notices_once UNIQUE (county, recorded_by, key),
  CONSTRAINT notices_long_enough CHECK (ends_on - posted_on >= 7),
  CONSTRAINT notices_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.notices IS '公示: at least seven calendar days, counted from the day after posting.';
COMMENT ON COLUMN relief.notices.region IS 'the township or county whose clues are on it';

CREATE TABLE relief.reminders (
  county      integer     NOT NULL,
  region      bigint      NOT NULL,
  confidential boolean    NOT NULL,
  clue        bigint      NOT NULL,
  kind        text        NOT NULL CHECK (kind IN ('soon', 'today', 'late')),
  due_day     date        NOT NULL,
  step        integer     NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT reminders_pk PRIMARY KEY (county, clue, kind, due_day),
  CONSTRAINT reminders_clue FOREIGN KEY (county, clue) REFERENCES relief.clues,
  CONSTRAINT reminders_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE relief.reminders IS 'Each reminder of a clue, once for each deadline it was given.';
COMMENT ON COLUMN relief.reminders.step IS 'step of the clue that was waited for';

-- ── Who may what ──────────────────────────────────────────────────────────────────────────────────────────────────────

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['register_pieces', 'runs', 'run_actions', 'matches', 'recusals'] LOOP
    EXECUTE format('ALTER TABLE relief.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON relief.%I FOR SELECT TO taizhang_actor
      USING (region >= app.region_from() AND region < app.region_to())', t || '_read', t);
    EXECUTE format('CREATE POLICY %I ON relief.%I FOR INSERT TO taizhang_actor
      WITH CHECK (app.may_write() AND region >= app.region_from() AND region < app.region_to())', t || '_insert', t);
    EXECUTE format('GRANT SELECT, INSERT ON relief.%I TO taizhang_actor', t);
  END LOOP;
  -- A township reads the county's rules, the names of its registers, and notices that its own clues are on.
  FOREACH t IN ARRAY ARRAY['registers', 'rule_sets', 'notices'] LOOP
    EXECUTE format('ALTER TABLE relief.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON relief.%I FOR SELECT TO taizhang_actor
      USING ((region >= app.region_from() AND region < app.region_to()) OR region = ANY (app.lineage()))', t || '_read', t);
    EXECUTE format('CREATE POLICY %I ON relief.%I FOR INSERT TO taizhang_actor
      WITH CHECK (app.may_write() AND region >= app.region_from() AND region < app.region_to())', t || '_insert', t);
    EXECUTE format('GRANT SELECT, INSERT ON relief.%I TO taizhang_actor', t);
  END LOOP;
  -- Confidential: only a scope of a whole county, a million codes, or more.
  FOREACH t IN ARRAY ARRAY['clues', 'clue_actions', 'evidence_files', 'reminders'] LOOP
    EXECUTE format('ALTER TABLE relief.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON relief.%I FOR SELECT TO taizhang_actor
      USING (region >= app.region_from() AND region < app.region_to()
        AND (NOT confidential OR app.region_to() - app.region_from() >= 1000000))', t || '_read', t);
    EXECUTE format('CREATE POLICY %I ON relief.%I FOR INSERT TO taizhang_actor
      WITH CHECK (app.may_write() AND region >= app.region_from() AND region < app.region_to()
        AND (NOT confidential OR app.region_to() - app.region_from() >= 1000000))', t || '_insert', t);
    EXECUTE format('GRANT SELECT, INSERT ON relief.%I TO taizhang_actor', t);
  END LOOP;
  -- What changes in place: a match that became evidence of a clue, where a clue waits, and anything sealed when the key is
  -- changed.
  FOREACH t IN ARRAY ARRAY['matches', 'register_pieces', 'clues', 'evidence_files'] LOOP
    EXECUTE format('CREATE POLICY %I ON relief.%I FOR UPDATE TO taizhang_actor
      USING (app.may_write() AND region >= app.region_from() AND region < app.region_to())', t || '_update', t);
  END LOOP;
  CREATE POLICY register_pieces_delete ON relief.register_pieces FOR DELETE TO taizhang_actor
    USING (app.may_write() AND region >= app.region_from() AND region < app.region_to());
  -- The first reading of a run that was broken off is thrown away and made again.
  CREATE POLICY matches_delete ON relief.matches FOR DELETE TO taizhang_actor
    USING (app.may_write() AND clue IS NULL AND region >= app.region_from() AND region < app.region_to());
END $$;
GRANT UPDATE (clue, rule, matter, row, row_hash) ON relief.matches TO taizhang_actor;
GRANT UPDATE (fingerprint, due_day, step, verb, queue, since, visitors, verdict, notice) ON relief.clues TO taizhang_actor;
GRANT UPDATE (sealed) ON relief.register_pieces, relief.evidence_files TO taizhang_actor;
GRANT DELETE ON relief.register_pieces, relief.matches TO taizhang_actor;
