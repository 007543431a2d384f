-- A lost authenticator is taken away together with the password. The administrators still never read the secret.
GRANT UPDATE (totp_secret, totp_confirmed, totp_last_step) ON auth.accounts TO taizhang_admin;

-- auth.* are local tables: on a distributed database they may not refer to tenant tables. The actions look the person up.
ALTER TABLE auth.accounts DROP CONSTRAINT accounts_person;

COMMENT ON SCHEMA indicators IS 'Targets and comparison sets. What is derived from figures is never stored.';
