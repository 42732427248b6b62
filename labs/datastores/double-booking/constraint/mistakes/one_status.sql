-- Only one of the two active statuses is guarded.
--
-- A driver with a rider on board can still accept another, and a rider waits at the kerb for a car
-- that is taken. Accepted and riding exclude each other, and themselves.
--
-- A condition with one status in it chooses too few rows.

UPDATE rides AS later
SET status = 'cancelled'
WHERE status IN ('accepted', 'riding')
  AND EXISTS (
      SELECT FROM rides AS earlier
      WHERE earlier.driver = later.driver
        AND earlier.status IN ('accepted', 'riding')
        AND earlier.id < later.id
  );

CREATE UNIQUE INDEX one_active_ride ON rides (driver) WHERE status = 'riding';
