-- The trigger reads before the row is written, and cannot see what is not committed yet.
--
-- Two sessions insert at once, each looks, each finds nothing, both commit: the race has moved from
-- the service into the database. Only something that both sessions have to pass, one after the
-- other, keeps the second out.
--
-- A unique index is such a place: the second session waits there for the end of the first.

UPDATE rides AS later
SET status = 'cancelled'
WHERE status IN ('accepted', 'riding')
  AND EXISTS (
      SELECT FROM rides AS earlier
      WHERE earlier.driver = later.driver
        AND earlier.status IN ('accepted', 'riding')
        AND earlier.id < later.id
  );

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF new.status IN ('accepted', 'riding') AND EXISTS (
        SELECT FROM rides WHERE driver = new.driver AND id <> new.id
        AND status IN ('accepted', 'riding')
    ) THEN
        RAISE unique_violation;
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER one_active_ride BEFORE INSERT OR UPDATE ON rides
FOR EACH ROW EXECUTE FUNCTION refuse();
