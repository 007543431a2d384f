-- Where a photograph was taken: measured by the phone, or typed in with why it was not measured. One with neither proves no visit.
ALTER TABLE relief.evidence_files ADD COLUMN place text;
ALTER TABLE relief.evidence_files ADD COLUMN no_fix text;
ALTER TABLE relief.evidence_files ADD CONSTRAINT evidence_files_typed_place
  CHECK ((place IS NULL) = (no_fix IS NULL) AND no_fix IN ('denied', 'unavailable', 'unsupported', 'later'));
COMMENT ON COLUMN relief.evidence_files.place IS 'typed by whoever took the photograph; null: measured, in latitude and longitude';
COMMENT ON COLUMN relief.evidence_files.no_fix IS 'why it was not measured: core/clues/no-fix.ts';
