-- The list begins with the drivers who have the fewest rides.
--
-- The driver with three riders at three kerbs is at its end, below the fold of a phone at night.
--
-- ORDER BY sorts upwards unless it is told otherwise.
SELECT driver, count(*) AS rides
FROM rides
WHERE status IN ('accepted', 'riding')
GROUP BY driver
HAVING count(*) > 1
ORDER BY rides, driver;
