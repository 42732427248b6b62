-- Builds the index without stopping writers, and writes the condition as an array.

DO $$
DECLARE ride record;
BEGIN
    FOR ride IN SELECT * FROM rides WHERE status IN ('accepted', 'riding') ORDER BY id DESC LOOP
        UPDATE rides SET status = 'cancelled'
        WHERE id = ride.id AND EXISTS (
            SELECT FROM rides WHERE driver = ride.driver AND id < ride.id
            AND status IN ('accepted', 'riding')
        );
    END LOOP;
END $$;

CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS one_active_ride
ON rides (driver) WHERE status = ANY (ARRAY['accepted', 'riding']);
