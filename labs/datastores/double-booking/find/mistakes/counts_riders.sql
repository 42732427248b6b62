-- Different riders are counted, not rides, and one rider can hold two.
--
-- A rider who taps twice gets the same driver twice, and pays twice; this query sees one rider,
-- and so nothing.
--
-- Count the rows of the group, whoever they belong to.
SELECT driver, count(DISTINCT rider) AS rides
FROM rides
WHERE status IN ('accepted', 'riding')
GROUP BY driver
HAVING count(DISTINCT rider) > 1
ORDER BY rides DESC, driver;
