CREATE SCHEMA auth;
COMMENT ON SCHEMA auth IS 'Sign-in: accounts, sessions, API tokens. Local tables (not distributed): a user name is looked up before a county is known.';
GRANT USAGE ON SCHEMA auth TO taizhang_gate, taizhang_admin;

CREATE TABLE auth.accounts (
  id                  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  county              integer     NOT NULL,
  region              bigint      NOT NULL,
  person              bigint      NOT NULL,
  username            text        NOT NULL CONSTRAINT accounts_username UNIQUE CHECK (username = lower(username)),
  password_hash       text        NOT NULL,
  password_changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  must_change         boolean     NOT NULL DEFAULT true,
  previous_hashes     text[]      NOT NULL DEFAULT '{}',
  state               text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'active', 'disabled')),
  failures            integer     NOT NULL DEFAULT 0,
  locked_until        timestamptz,
  totp_secret         bytea,
  totp_confirmed      boolean     NOT NULL DEFAULT false,
  totp_last_step      bigint,
  created_by          bigint,
  created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT accounts_person FOREIGN KEY (county, person) REFERENCES org.people,
  CONSTRAINT accounts_one_per_person UNIQUE (county, person)
);
COMMENT ON COLUMN auth.accounts.state IS 'pending until the security administrator approves what the system administrator created';
COMMENT ON COLUMN auth.accounts.failures IS 'failed sign-ins in a row; 5 lock the account until locked_until';
COMMENT ON COLUMN auth.accounts.totp_secret IS 'encrypted with the data key (AES-256-GCM: nonce, ciphertext, tag)';
COMMENT ON COLUMN auth.accounts.totp_last_step IS 'last accepted time step: a code is good once';

CREATE TABLE auth.sessions (
  token_hash bytea       PRIMARY KEY,
  account    bigint      NOT NULL REFERENCES auth.accounts,
  county     integer     NOT NULL,
  post       bigint      NOT NULL,
  csrf       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  address    text,
  agent      text
);
CREATE INDEX sessions_by_account ON auth.sessions (account);
COMMENT ON COLUMN auth.sessions.token_hash IS 'SHA-256 of the cookie: a copy of this table signs nobody in';
COMMENT ON COLUMN auth.sessions.post IS 'the one post through which this session acts now';

CREATE TABLE auth.tokens (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  token_hash bytea       NOT NULL UNIQUE,
  account    bigint      NOT NULL REFERENCES auth.accounts,
  county     integer     NOT NULL,
  post       bigint      NOT NULL,
  region     bigint      NOT NULL,
  access     text        NOT NULL CHECK (access IN ('read', 'write')),
  name       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  used_at    timestamptz,
  revoked_at timestamptz
);
COMMENT ON COLUMN auth.tokens.region IS 'root of the scope: the region of the post or one below it, never wider';

ALTER TABLE auth.accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY accounts_gate ON auth.accounts TO taizhang_gate USING (true) WITH CHECK (true);
CREATE POLICY sessions_gate ON auth.sessions TO taizhang_gate USING (true) WITH CHECK (true);
CREATE POLICY tokens_gate ON auth.tokens TO taizhang_gate USING (true) WITH CHECK (true);
CREATE POLICY accounts_admin ON auth.accounts TO taizhang_admin
  USING (region >= app.region_from() AND region < app.region_to())
  WITH CHECK (app.may_write() AND region >= app.region_from() AND region < app.region_to());
CREATE POLICY sessions_admin ON auth.sessions TO taizhang_admin
  USING (county >= app.region_from() / 1000000 AND county <= (app.region_to() - 1) / 1000000);
CREATE POLICY tokens_admin ON auth.tokens TO taizhang_admin
  USING (region >= app.region_from() AND region < app.region_to());

GRANT SELECT ON auth.accounts, auth.sessions, auth.tokens TO taizhang_gate;
GRANT UPDATE (password_hash, password_changed_at, must_change, previous_hashes, failures, locked_until,
              totp_secret, totp_confirmed, totp_last_step) ON auth.accounts TO taizhang_gate;
GRANT INSERT ON auth.sessions, auth.tokens TO taizhang_gate;
GRANT UPDATE (post, csrf, seen_at, revoked_at) ON auth.sessions TO taizhang_gate;
GRANT UPDATE (used_at, revoked_at) ON auth.tokens TO taizhang_gate;
GRANT DELETE ON auth.sessions TO taizhang_gate;
-- Administrators never read a password hash or a TOTP secret.
GRANT SELECT (id, county, region, person, username, password_changed_at, must_change, state, failures, locked_until,
              totp_confirmed, created_by, created_at) ON auth.accounts TO taizhang_admin;
GRANT INSERT ON auth.accounts TO taizhang_admin;
GRANT UPDATE (state, failures, locked_until, password_hash, must_change, password_changed_at) ON auth.accounts TO taizhang_admin;
GRANT SELECT (account, county, post, created_at, seen_at, expires_at, revoked_at, address) ON auth.sessions TO taizhang_admin;
GRANT UPDATE (revoked_at) ON auth.sessions, auth.tokens TO taizhang_admin;
GRANT SELECT (id, account, county, post, region, access, name, created_at, expires_at, used_at, revoked_at) ON auth.tokens TO taizhang_admin;
