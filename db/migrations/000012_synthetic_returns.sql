-- The demonstration brings a history of returns. Whatever comes of one, its figures must not be taken for real ones.
ALTER TABLE returns.returns ADD COLUMN origin text NOT NULL DEFAULT 'filed'
  CONSTRAINT returns_origin CHECK (origin IN ('filed', 'synthetic'));
COMMENT ON COLUMN returns.returns.origin IS
  'synthetic: made up by a pack; its figures enter the ledger from a source of that kind. Said when the return is made and by nobody changed.';
