CREATE SCHEMA returns;
COMMENT ON SCHEMA returns IS 'Forms, what is due of whom, returns with their content and course, workbooks, reminders.';
GRANT USAGE ON SCHEMA returns TO taizhang_actor;

-- The region of a post is not enough here: an enterprise sees its own returns and not those of its neighbours.
CREATE FUNCTION app.enter(role_name text, access text, region_from bigint, region_to bigint,
                          lineage text, post bigint, account bigint, own_unit bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('SET LOCAL app.own_unit = %L', own_unit);
  PERFORM app.enter(role_name, access, region_from, region_to, lineage, post, account);
END $$;
COMMENT ON FUNCTION app.enter(text, text, bigint, bigint, text, bigint, bigint, bigint) IS
  'As without own_unit, which is the only unit whose returns are seen; 0: every unit of the scope. Who enters without it sees none.';
CREATE FUNCTION app.sees_unit(unit bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT current_setting('app.own_unit', true) = '0' OR unit = nullif(current_setting('app.own_unit', true), '')::bigint $$;

CREATE TABLE returns.forms (
  county            integer     NOT NULL,
  code              text        NOT NULL CHECK (code ~ '^[a-z][a-z0-9_-]{0,59}$'),
  version           integer     NOT NULL CHECK (version >= 1),
  region            bigint      NOT NULL,
  owner             text        NOT NULL,
  definition        jsonb       NOT NULL,
  name_zh           text        GENERATED ALWAYS AS (definition ->> 'nameZh') STORED,
  name_en           text        GENERATED ALWAYS AS (definition ->> 'nameEn') STORED,
  levels            integer     GENERATED ALWAYS AS (jsonb_array_length(definition -> 'review')) STORED,
  recorded_by       bigint      NOT NULL,
  recorded_by_title text        NOT NULL,
  recorded_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT forms_pk PRIMARY KEY (county, code, version),
  CONSTRAINT forms_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE returns.forms IS 'Forms 报表 as data; a version is never changed. The highest is in force for periods that are opened from then on.';
COMMENT ON COLUMN returns.forms.owner IS 'code of the unit whose department defines, opens and locks it';
COMMENT ON COLUMN returns.forms.definition IS 'shape: FormDefinition of the contract; what lists show of it stands beside it, so that they need not unpack it';

CREATE TABLE returns.openings (
  county       integer     NOT NULL,
  form         text        NOT NULL,
  period       text        NOT NULL,
  region       bigint      NOT NULL,
  form_version integer     NOT NULL,
  due_day      date        NOT NULL,
  is_locked    boolean     NOT NULL DEFAULT false,
  opened_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT openings_pk PRIMARY KEY (county, form, period),
  CONSTRAINT openings_form FOREIGN KEY (county, form, form_version) REFERENCES returns.forms,
  CONSTRAINT openings_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE returns.openings IS 'The reporting calendar: a form in a period, due on a day; locked when nothing may be changed any more.';

CREATE TABLE returns.opening_actions (
  county            integer     NOT NULL,
  id                bigint      GENERATED ALWAYS AS IDENTITY,
  region            bigint      NOT NULL,
  form              text        NOT NULL,
  period            text        NOT NULL,
  action            text        NOT NULL CHECK (action IN ('open', 'due', 'lock', 'unlock')),
  due_day           date,
  reason            text,
  recorded_by       bigint      NOT NULL,
  recorded_by_title text        NOT NULL,
  recorded_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT opening_actions_pk PRIMARY KEY (county, id),
  CONSTRAINT opening_actions_opening FOREIGN KEY (county, form, period) REFERENCES returns.openings,
  CONSTRAINT opening_actions_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE returns.opening_actions IS 'Who opened, moved, locked and unlocked a period, and why.';

CREATE TABLE returns.returns (
  county       integer     NOT NULL,
  id           bigint      GENERATED ALWAYS AS IDENTITY,
  region       bigint      NOT NULL,
  form         text        NOT NULL,
  form_version integer     NOT NULL,
  period       text        NOT NULL,
  unit         bigint      NOT NULL,
  step         integer     NOT NULL DEFAULT 0,
  status       text        NOT NULL DEFAULT 'due'
                           CHECK (status IN ('due', 'draft', 'submitted', 'sent-back', 'accepted', 'amending')),
  level        integer     NOT NULL DEFAULT 0,
  version      integer     NOT NULL DEFAULT 0,
  accepted     integer,
  submitted_at timestamptz,
  submitted_by bigint,
  accepted_at  timestamptz,
  sent_back    integer     NOT NULL DEFAULT 0,
  amended      integer     NOT NULL DEFAULT 0,
  changed      integer     NOT NULL DEFAULT 0,
  explained    integer     NOT NULL DEFAULT 0,
  CONSTRAINT returns_pk PRIMARY KEY (county, id),
  CONSTRAINT returns_once UNIQUE (county, form, period, unit),
  CONSTRAINT returns_place UNIQUE (county, id, unit, region),
  CONSTRAINT returns_opening FOREIGN KEY (county, form, period) REFERENCES returns.openings,
  CONSTRAINT returns_unit FOREIGN KEY (county, unit) REFERENCES org.units,
  CONSTRAINT returns_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE returns.returns IS 'One form × period × unit. Made when the period is opened, so that what is missing is a row and not an absence.';
COMMENT ON CONSTRAINT returns_place ON returns.returns IS 'what hangs on a return repeats its unit and region for the row policies, and can name no others';
COMMENT ON COLUMN returns.returns.region IS 'of the unit';
COMMENT ON COLUMN returns.returns.step IS 'last recorded action; status, level, version and accepted follow from the actions and stand here for lists';
COMMENT ON COLUMN returns.returns.submitted_at IS 'first submission: lateness counts to it';
COMMENT ON COLUMN returns.returns.submitted_by IS 'account of the last submission: whoever that is does not review it, through whatever post';
COMMENT ON COLUMN returns.returns.changed IS 'cells of the submitted version that differ from the one submitted before';
CREATE INDEX returns_by_status ON returns.returns (county, status, region);
CREATE INDEX returns_by_unit ON returns.returns (county, unit, status);

CREATE TABLE returns.return_actions (
  county            integer     NOT NULL,
  return            bigint      NOT NULL,
  step              integer     NOT NULL,
  region            bigint      NOT NULL,
  unit              bigint      NOT NULL,
  verb              text        NOT NULL CHECK (verb IN ('begin', 'submit', 'recall', 'sendBack', 'pass', 'accept', 'amend', 'drop')),
  status            text        NOT NULL,
  version           integer     NOT NULL,
  reason            text,
  cells             jsonb       NOT NULL DEFAULT '[]',
  receipt           text,
  recorded_by       bigint      NOT NULL,
  recorded_by_title text        NOT NULL,
  recorded_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT return_actions_pk PRIMARY KEY (county, return, step),
  CONSTRAINT return_actions_return FOREIGN KEY (county, return, unit, region) REFERENCES returns.returns (county, id, unit, region),
  CONSTRAINT return_actions_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE returns.return_actions IS 'The course of a return, the record that counts. Two who act at once meet in the primary key.';
COMMENT ON COLUMN returns.return_actions.version IS 'of the content that was acted upon';
COMMENT ON COLUMN returns.return_actions.receipt IS 'of a submission: SHA-256 over form, period, unit, version and every cell';
COMMENT ON COLUMN returns.return_actions.cells IS 'sent back: [{subject, column, reason}]';

CREATE TABLE returns.files (
  county            integer     NOT NULL,
  id                bigint      GENERATED ALWAYS AS IDENTITY,
  region            bigint      NOT NULL,
  unit              bigint      NOT NULL,
  return            bigint      NOT NULL,
  version           integer     NOT NULL,
  name              text        NOT NULL,
  sha256            text        NOT NULL,
  content           bytea       NOT NULL,
  sheet             text        NOT NULL,
  places            jsonb       NOT NULL,
  is_entered        boolean     NOT NULL,
  rows              integer     NOT NULL,
  problems          jsonb       NOT NULL,
  problem_count     integer     NOT NULL,
  recorded_by       bigint      NOT NULL,
  recorded_by_title text        NOT NULL,
  recorded_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT files_pk PRIMARY KEY (county, id),
  CONSTRAINT files_once UNIQUE (county, return, version, sha256),
  CONSTRAINT files_return FOREIGN KEY (county, return, unit, region) REFERENCES returns.returns (county, id, unit, region),
  CONSTRAINT files_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE returns.files IS 'Workbooks as they came in: the same content once for each version, so that a retry enters nothing twice.';
COMMENT ON COLUMN returns.files.places IS 'column code → letter of its column (C), or its cell (C7) in a form about one region';
COMMENT ON COLUMN returns.files.problems IS 'as told at the upload, the first of them; for the marked copy';

CREATE TABLE returns.rows (
  county  integer NOT NULL,
  return  bigint  NOT NULL,
  version integer NOT NULL,
  subject text    NOT NULL,
  region  bigint  NOT NULL,
  unit    bigint  NOT NULL,
  place   integer NOT NULL,
  name    text    NOT NULL,
  cells   jsonb   NOT NULL,
  file    bigint,
  line    integer,
  typed   text[]  NOT NULL DEFAULT '{}',
  CONSTRAINT rows_pk PRIMARY KEY (county, return, version, subject),
  CONSTRAINT rows_return FOREIGN KEY (county, return, unit, region) REFERENCES returns.returns (county, id, unit, region),
  CONSTRAINT rows_region_in_county CHECK (region / 1000000 = county)
);
CREATE INDEX rows_by_place ON returns.rows (county, return, version, place, subject);
COMMENT ON TABLE returns.rows IS 'Content, version by version. Only the version that is being filled in changes; what was submitted stays.';
COMMENT ON COLUMN returns.rows.cells IS 'column code → decimal text in the unit of the column; a blank cell is absent';
COMMENT ON COLUMN returns.rows.typed IS 'columns that were typed on the page after the file was read';

CREATE TABLE returns.explanations (
  county            integer     NOT NULL,
  return            bigint      NOT NULL,
  code              text        NOT NULL,
  subject           text        NOT NULL,
  region            bigint      NOT NULL,
  unit              bigint      NOT NULL,
  text              text        NOT NULL CHECK (length(text) BETWEEN 2 AND 500),
  recorded_by       bigint      NOT NULL,
  recorded_by_title text        NOT NULL,
  recorded_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT explanations_pk PRIMARY KEY (county, return, code, subject),
  CONSTRAINT explanations_return FOREIGN KEY (county, return, unit, region) REFERENCES returns.returns (county, id, unit, region),
  CONSTRAINT explanations_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE returns.explanations IS 'Why a soft rule does not hold.';
COMMENT ON COLUMN returns.explanations.subject IS 'empty: about the form as a whole';

CREATE TABLE returns.postings (
  county    integer NOT NULL,
  return    bigint  NOT NULL,
  version   integer NOT NULL,
  region    bigint  NOT NULL,
  unit      bigint  NOT NULL,
  source    bigint,
  entered   integer NOT NULL,
  corrected integer NOT NULL,
  CONSTRAINT postings_pk PRIMARY KEY (county, return, version),
  CONSTRAINT postings_return FOREIGN KEY (county, return, unit, region) REFERENCES returns.returns (county, id, unit, region),
  CONSTRAINT postings_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE returns.postings IS 'What acceptance did to the ledger: once for each version, in the same transaction.';
COMMENT ON COLUMN returns.postings.source IS 'row of ledger.sources; null when no number was new';

CREATE TABLE returns.messages (
  county     integer     NOT NULL,
  id         bigint      GENERATED ALWAYS AS IDENTITY,
  region     bigint      NOT NULL,
  return     bigint      NOT NULL,
  unit       bigint      NOT NULL,
  kind       text        NOT NULL CHECK (kind IN ('soon', 'today', 'late', 'sent-back', 'accepted')),
  occasion   text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  read_at    timestamptz,
  CONSTRAINT messages_pk PRIMARY KEY (county, id),
  CONSTRAINT messages_once UNIQUE (county, return, unit, kind, occasion),
  CONSTRAINT messages_return FOREIGN KEY (county, return, unit, region) REFERENCES returns.returns (county, id, unit, region),
  CONSTRAINT messages_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE returns.messages IS 'The inbox of units: reminders and news of their returns, each once for its occasion.';
COMMENT ON COLUMN returns.messages.region IS 'of the unit that it is for';
COMMENT ON COLUMN returns.messages.occasion IS 'the due day of a reminder, the step of news: what makes it another one';
CREATE INDEX messages_by_unit ON returns.messages (county, unit, id);

CREATE TABLE returns.deliveries (
  county       integer     NOT NULL,
  message      bigint      NOT NULL,
  channel      text        NOT NULL CHECK (channel IN ('email', 'webhook')),
  region       bigint      NOT NULL,
  unit         bigint      NOT NULL,
  address      text        NOT NULL,
  state        text        NOT NULL CHECK (state IN ('sending', 'sent', 'failed')),
  refusals     integer     NOT NULL DEFAULT 0,
  last_error   text,
  changed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT deliveries_pk PRIMARY KEY (county, message, channel),
  CONSTRAINT deliveries_message FOREIGN KEY (county, message) REFERENCES returns.messages,
  CONSTRAINT deliveries_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE returns.deliveries IS 'A message on its way out of the house. Without a row it still waits, so that a restart loses none; the key keeps two senders apart.';
COMMENT ON COLUMN returns.deliveries.address IS 'email: of the unit; webhook: empty, its address is a secret of the configuration';

CREATE TABLE returns.contacts (
  county integer NOT NULL,
  unit   bigint  NOT NULL,
  region bigint  NOT NULL,
  email  text    NOT NULL,
  CONSTRAINT contacts_pk PRIMARY KEY (county, unit),
  CONSTRAINT contacts_unit FOREIGN KEY (county, unit) REFERENCES org.units,
  CONSTRAINT contacts_region_in_county CHECK (region / 1000000 = county)
);
COMMENT ON TABLE returns.contacts IS 'Where a unit is reminded by e-mail.';

DO $$
DECLARE t text;
BEGIN
  -- A township reads the forms and the calendar of its county.
  FOREACH t IN ARRAY ARRAY['forms', 'openings', 'opening_actions'] LOOP
    EXECUTE format('ALTER TABLE returns.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON returns.%I FOR SELECT TO taizhang_actor
      USING ((region >= app.region_from() AND region < app.region_to()) OR region = ANY (app.lineage()))', t || '_read', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['returns', 'return_actions', 'files', 'rows', 'explanations', 'postings', 'messages', 'deliveries',
                           'contacts'] LOOP
    EXECUTE format('ALTER TABLE returns.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON returns.%I FOR SELECT TO taizhang_actor
      USING (region >= app.region_from() AND region < app.region_to())', t || '_read', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['forms', 'openings', 'opening_actions', 'returns', 'return_actions', 'files', 'rows', 'explanations',
                           'postings', 'messages', 'deliveries', 'contacts'] LOOP
    EXECUTE format('CREATE POLICY %I ON returns.%I FOR INSERT TO taizhang_actor
      WITH CHECK (app.may_write() AND region >= app.region_from() AND region < app.region_to())', t || '_insert', t);
    EXECUTE format('GRANT SELECT, INSERT ON returns.%I TO taizhang_actor', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['returns', 'return_actions', 'files', 'rows', 'explanations', 'postings', 'messages', 'deliveries',
                           'contacts'] LOOP
    EXECUTE format('CREATE POLICY %I ON returns.%I AS RESTRICTIVE TO taizhang_actor
      USING (app.sees_unit(unit))', t || '_unit', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['openings', 'returns', 'rows', 'explanations', 'messages', 'deliveries', 'contacts'] LOOP
    EXECUTE format('CREATE POLICY %I ON returns.%I FOR UPDATE TO taizhang_actor
      USING (app.may_write() AND region >= app.region_from() AND region < app.region_to())', t || '_update', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['rows', 'explanations', 'contacts'] LOOP
    EXECUTE format('CREATE POLICY %I ON returns.%I FOR DELETE TO taizhang_actor
      USING (app.may_write() AND region >= app.region_from() AND region < app.region_to())', t || '_delete', t);
  END LOOP;
END $$;
GRANT UPDATE (due_day, is_locked) ON returns.openings TO taizhang_actor;
GRANT UPDATE (step, status, level, version, accepted, submitted_at, submitted_by, accepted_at, sent_back, amended, changed,
  explained)
  ON returns.returns TO taizhang_actor;
GRANT UPDATE (name, cells, file, line, typed) ON returns.rows TO taizhang_actor;
GRANT UPDATE (text, recorded_by, recorded_by_title, recorded_at) ON returns.explanations TO taizhang_actor;
GRANT UPDATE (read_at) ON returns.messages TO taizhang_actor;
GRANT UPDATE (state, refusals, last_error, changed_at) ON returns.deliveries TO taizhang_actor;
GRANT UPDATE (email) ON returns.contacts TO taizhang_actor;
GRANT DELETE ON returns.rows, returns.explanations, returns.contacts TO taizhang_actor;
