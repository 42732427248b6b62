-- Ranks the active rides of each driver, and excludes equal drivers with a constraint.

BEGIN;

WITH ranked AS (
    SELECT id, row_number() OVER (PARTITION BY driver ORDER BY id) AS place
    FROM rides
    WHERE status = 'accepted' OR status = 'riding'
)
UPDATE rides
SET status = 'cancelled'
FROM ranked
WHERE ranked.id = rides.id AND ranked.place > 1;

ALTER TABLE rides
ADD CONSTRAINT one_active_ride EXCLUDE USING btree (driver WITH =)
WHERE (status NOT IN ('requested', 'finished', 'cancelled'));

COMMIT;
