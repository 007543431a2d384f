-- An explanation belongs to a version, frozen with it, and stands for the numbers that it was given for.
ALTER TABLE returns.explanations ADD COLUMN version integer;
ALTER TABLE returns.explanations ADD COLUMN numbers text;
UPDATE returns.explanations e SET version = CASE WHEN r.status = 'accepted' THEN r.accepted ELSE r.version END,
  numbers = CASE WHEN r.status IN ('draft', 'sent-back', 'amending') THEN '' END
FROM returns.returns r WHERE r.county = e.county AND r.id = e.return;
ALTER TABLE returns.explanations ALTER COLUMN version SET NOT NULL;
ALTER TABLE returns.explanations DROP CONSTRAINT explanations_pk;
ALTER TABLE returns.explanations ADD CONSTRAINT explanations_pk PRIMARY KEY (county, return, version, code, subject);
COMMENT ON COLUMN returns.explanations.numbers IS
  'what the rule read when it was given, `now.ytd=1100 lastYear.ytd=760`: with others it does not count; null: of a version submitted before this was kept';
GRANT UPDATE (numbers) ON returns.explanations TO taizhang_actor;
