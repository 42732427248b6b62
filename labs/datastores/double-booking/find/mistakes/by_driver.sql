-- The list is in the order of the drivers' numbers, not of the damage.
--
-- Whoever is paged begins with driver 2, who has two rides, while driver 9 has five.
--
-- Sort by the count first, and by the driver where counts are equal.
SELECT driver, count(*) AS rides
FROM rides
WHERE status IN ('accepted', 'riding')
GROUP BY driver
HAVING count(*) > 1
ORDER BY driver;
