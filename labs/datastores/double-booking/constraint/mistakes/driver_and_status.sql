-- A driver may have one ride of each status, and so one that is finished.
--
-- Drivers finish many rides a day, and the second one is refused; yet one accepted and one riding
-- together would be allowed. The pair of both columns is not what has to be unique.
--
-- Take the status out of what is compared. It decides instead whether a row is compared at all,
-- and an index can say that.

UPDATE rides AS later
SET status = 'cancelled'
WHERE status IN ('accepted', 'riding')
  AND EXISTS (
      SELECT FROM rides AS earlier
      WHERE earlier.driver = later.driver
        AND earlier.status IN ('accepted', 'riding')
        AND earlier.id < later.id
  );

ALTER TABLE rides ADD CONSTRAINT one_active_ride UNIQUE (driver, status);
