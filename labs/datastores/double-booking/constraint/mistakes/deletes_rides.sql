-- Rides are deleted.
--
-- The rider who was promised that car will call, and nobody finds the ride; nor does whoever counts
-- how often it happened. A ride that will not take place is cancelled, and stays in the table.
--
-- Change the status of the later rides. An UPDATE does it, with the same condition.

DELETE FROM rides AS later
WHERE status IN ('accepted', 'riding')
  AND EXISTS (
      SELECT FROM rides AS earlier
      WHERE earlier.driver = later.driver
        AND earlier.status IN ('accepted', 'riding')
        AND earlier.id < later.id
  );

CREATE UNIQUE INDEX one_active_ride ON rides (driver)
WHERE status IN ('accepted', 'riding');
