-- A file that was read in before is read again when another one came in between: the registry does not stand as it says any more.
ALTER TABLE relief.imports DROP CONSTRAINT imports_once;
COMMENT ON TABLE relief.imports IS
  'Each export of the national system that was read in: whole or not at all, and the same file once as long as no other has come after it.';
