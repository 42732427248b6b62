-- A unique index over the active rides alone: what is over does not count.
--
-- The second of two sessions waits in the index for the first, which no SELECT of its own could
-- do, and is refused when the first commits. The index can only be made where nothing breaks it
-- yet, so the UPDATE comes first. Should a new double booking slip in between the two, the index
-- is refused, nothing is lost, and the file can be run again.

UPDATE rides AS later
SET status = 'cancelled'
WHERE status IN ('accepted', 'riding')
  AND EXISTS (
      SELECT FROM rides AS earlier
      WHERE earlier.driver = later.driver
        AND earlier.status IN ('accepted', 'riding')
        AND earlier.id < later.id
  );

CREATE UNIQUE INDEX one_active_ride ON rides (driver)
WHERE status IN ('accepted', 'riding');
