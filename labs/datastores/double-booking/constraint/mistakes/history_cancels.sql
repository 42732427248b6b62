-- An active ride is cancelled because its driver had another one before, long finished.
--
-- Nearly every driver has finished a ride, so the migration would cancel nearly every ride that is
-- going on, in the middle of the evening. Only an earlier ride that is active itself counts.
--
-- The condition on the status is needed twice: for the ride to cancel, and for the ride that stays.

UPDATE rides AS later
SET status = 'cancelled'
WHERE status IN ('accepted', 'riding')
  AND EXISTS (
      SELECT FROM rides AS earlier
      WHERE earlier.driver = later.driver AND earlier.id < later.id
  );

CREATE UNIQUE INDEX one_active_ride ON rides (driver)
WHERE status IN ('accepted', 'riding');
