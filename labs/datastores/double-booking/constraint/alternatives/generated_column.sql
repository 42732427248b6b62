-- A column that holds the driver while the ride is active, and null after: nulls are never equal.

UPDATE rides SET status = 'cancelled'
WHERE status = ANY ('{accepted,riding}')
AND id NOT IN (
    SELECT min(id) FROM rides WHERE status = ANY ('{accepted,riding}') GROUP BY driver
);

ALTER TABLE rides ADD busy integer UNIQUE GENERATED ALWAYS AS (
    CASE WHEN status IN ('accepted', 'riding') THEN driver END
) STORED;
