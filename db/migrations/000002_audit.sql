CREATE SCHEMA audit;
COMMENT ON SCHEMA audit IS 'Who did what: append-only entries, sealed in batches into a hash chain.';
GRANT USAGE ON SCHEMA audit TO taizhang_actor, taizhang_gate, taizhang_admin, taizhang_auditor, taizhang_sealer;

CREATE TABLE audit.entries (
  county     integer     NOT NULL,
  id         bigint      GENERATED ALWAYS AS IDENTITY,
  region     bigint      NOT NULL,
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  account    bigint,
  username   text,
  post       bigint,
  post_title text,
  action     text        NOT NULL,
  object     text        NOT NULL,
  before     jsonb,
  after      jsonb,
  address    text,
  request    text,
  CONSTRAINT entries_pk PRIMARY KEY (county, id),
  CONSTRAINT entries_region_in_county CHECK (region / 1000000 = county)
);
CREATE INDEX entries_by_id ON audit.entries (id);
COMMENT ON TABLE audit.entries IS 'One row for every write and every full view of personal data. Nobody may change or delete a row.';
COMMENT ON COLUMN audit.entries.region IS 'region of the post that acted (or of the account signing in)';
COMMENT ON COLUMN audit.entries.action IS 'domain.verb, for instance ledger.correctFigure';
COMMENT ON COLUMN audit.entries.object IS 'what it was done to: figure:12, account:3, import:sha256…';
COMMENT ON COLUMN audit.entries.before IS 'the state before, where there was one; never personal data in clear';
COMMENT ON COLUMN audit.entries.address IS 'network address the request came from';
COMMENT ON COLUMN audit.entries.request IS 'request id, to be found in the server log';

CREATE TABLE audit.seals (
  number    bigint      PRIMARY KEY,
  from_id   bigint      NOT NULL,
  to_id     bigint      NOT NULL,
  entries   bigint      NOT NULL,
  algorithm text        NOT NULL CHECK (algorithm IN ('sha256', 'sm3')),
  previous  text        NOT NULL,
  hash      text        NOT NULL,
  at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT seals_forward CHECK (to_id >= from_id)
);
COMMENT ON TABLE audit.seals IS 'The hash chain: each seal covers the entries from_id..to_id and the hash of the seal before.';
COMMENT ON COLUMN audit.seals.previous IS 'hash of seal number − 1; 64 zeros for the first';

ALTER TABLE audit.entries ENABLE ROW LEVEL SECURITY;
CREATE POLICY entries_write ON audit.entries FOR INSERT TO taizhang_actor, taizhang_gate, taizhang_admin, taizhang_auditor WITH CHECK (true);
CREATE POLICY entries_read ON audit.entries FOR SELECT TO taizhang_auditor
  USING (region >= app.region_from() AND region < app.region_to());
CREATE POLICY entries_seal ON audit.entries FOR SELECT TO taizhang_sealer USING (true);
GRANT INSERT ON audit.entries TO taizhang_actor, taizhang_gate, taizhang_admin, taizhang_auditor;
GRANT SELECT ON audit.entries TO taizhang_auditor, taizhang_sealer;
GRANT SELECT ON audit.seals TO taizhang_actor, taizhang_auditor, taizhang_sealer;
GRANT INSERT ON audit.seals TO taizhang_sealer;

-- The sealer must wait for entries that are being written: SHARE needs more than SELECT, and is given for this purpose only.
CREATE FUNCTION audit.last_finished_entry() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  LOCK TABLE audit.entries IN SHARE MODE;
  RETURN (SELECT max(id) FROM audit.entries);
END $$;
COMMENT ON FUNCTION audit.last_finished_entry IS
  'Highest entry id below which no entry can still appear. Waits for writers in flight: call with a short lock_timeout.';
REVOKE ALL ON FUNCTION audit.last_finished_entry FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.last_finished_entry TO taizhang_sealer;
