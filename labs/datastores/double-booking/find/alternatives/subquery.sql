-- The counting has a name of its own, and HAVING becomes an ordinary WHERE.
WITH active AS (
    SELECT driver, count(*) AS rides
    FROM rides
    WHERE status = 'accepted' OR status = 'riding'
    GROUP BY driver
)
SELECT driver, rides FROM active WHERE rides > 1 ORDER BY rides DESC, driver ASC;
