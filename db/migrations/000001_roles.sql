-- Roles and the one door. Roles belong to the whole server, so they are made only where they do not exist.
--
-- taizhang_app     logs in, owns nothing, inherits nothing: outside app.enter() it may read no table.
-- taizhang_actor   a person acting through a post: business data, within the scope.
-- taizhang_gate    sign-in, sessions and tokens: no business data.
-- taizhang_admin   system and security administrators: accounts and posts, no business data.
-- taizhang_auditor reads the audit trail, nothing else.
-- taizhang_sealer  seals the audit trail.
-- taizhang_jobs    logs in for the job queue and owns its schema, nothing else.
DO $$
DECLARE r text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'taizhang_app') THEN
    CREATE ROLE taizhang_app LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'taizhang_jobs') THEN
    CREATE ROLE taizhang_jobs LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
  FOREACH r IN ARRAY ARRAY['taizhang_actor', 'taizhang_gate', 'taizhang_admin', 'taizhang_auditor', 'taizhang_sealer'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS', r);
    END IF;
    EXECUTE format('GRANT %I TO taizhang_app', r);
  END LOOP;
EXCEPTION WHEN unique_violation OR duplicate_object THEN
  -- another database of the same server is being migrated at the same moment and made them first
  NULL;
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO taizhang_jobs', current_database()); END $$;
CREATE SCHEMA app;
COMMENT ON SCHEMA app IS 'The door: scope settings and their readers. No tables.';
GRANT USAGE ON SCHEMA app TO taizhang_app, taizhang_actor, taizhang_gate, taizhang_admin, taizhang_auditor, taizhang_sealer;

-- SET LOCAL and not set_config(): only SET LOCAL travels to the workers of a distributed database.
-- After the transaction the settings read '' (not null), hence nullif in the readers.
CREATE FUNCTION app.enter(role_name text, access text, region_from bigint, region_to bigint,
                          lineage text, post bigint, account bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF role_name NOT IN ('taizhang_actor', 'taizhang_gate', 'taizhang_admin', 'taizhang_auditor', 'taizhang_sealer') THEN
    RAISE EXCEPTION 'no such door: %', role_name USING ERRCODE = '42501';
  END IF;
  IF lineage !~ '^\{[0-9,]*\}$' THEN
    RAISE EXCEPTION 'lineage must be an array of region codes' USING ERRCODE = '22023';
  END IF;
  EXECUTE format('SET LOCAL app.access = %L', access);
  EXECUTE format('SET LOCAL app.region_from = %L', region_from);
  EXECUTE format('SET LOCAL app.region_to = %L', region_to);
  EXECUTE format('SET LOCAL app.lineage = %L', lineage);
  EXECUTE format('SET LOCAL app.post = %L', coalesce(post, 0));
  EXECUTE format('SET LOCAL app.account = %L', coalesce(account, 0));
  -- One plan for all values of a statement. From the values the planner would count the scope twice, once as the policy
  -- and once as the question, find almost no rows left and read a whole township in order to sort it.
  SET LOCAL plan_cache_mode = force_generic_plan;
  EXECUTE format('SET LOCAL role = %I', role_name);
END $$;
COMMENT ON FUNCTION app.enter IS 'Enters role and scope for this transaction; the only way in. region_to is exclusive; access is read or write.';

-- Readers of the scope. Inlined by the planner, so that a policy is an index range and not a filter.
CREATE FUNCTION app.region_from() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.region_from', true), '')::bigint $$;
CREATE FUNCTION app.region_to() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.region_to', true), '')::bigint $$;
CREATE FUNCTION app.lineage() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.lineage', true), '')::bigint[] $$;
CREATE FUNCTION app.may_write() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(current_setting('app.access', true), '') = 'write' $$;
CREATE FUNCTION app.account() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.account', true), '')::bigint $$;
