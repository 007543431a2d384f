-- A household that an export shows in another village takes along what is kept of it: a clue that stayed behind was counted by the
-- township that could no longer see the person, and stood in no queue of the one that could. Nobody but this may move these rows.
CREATE FUNCTION relief.move_with_household() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['causes', 'incomes', 'measures', 'registry_actions', 'recusals', 'clues'] LOOP
    EXECUTE format('UPDATE relief.%I SET region = $1 WHERE county = $2 AND household = $3 AND region <> $1', t)
      USING NEW.region, NEW.county, NEW.id;
  END LOOP;
  FOREACH t IN ARRAY ARRAY['clue_actions', 'evidence_files', 'matches', 'reminders'] LOOP
    EXECUTE format('UPDATE relief.%I SET region = $1 WHERE county = $2 AND region <> $1
      AND clue IN (SELECT id FROM relief.clues WHERE county = $2 AND household = $3)', t)
      USING NEW.region, NEW.county, NEW.id;
  END LOOP;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION relief.move_with_household IS 'All rows of a household and of its clues lie in the village where it lives.';
REVOKE ALL ON FUNCTION relief.move_with_household FROM PUBLIC;
CREATE TRIGGER households_move AFTER UPDATE OF region ON relief.households
  FOR EACH ROW WHEN (OLD.region <> NEW.region) EXECUTE FUNCTION relief.move_with_household();
