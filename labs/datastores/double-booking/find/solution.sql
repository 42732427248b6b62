-- WHERE chooses rides, before they are counted; HAVING chooses drivers, after it.
--
-- The active statuses are named, not the others left out: a status that is added next year, and
-- the rides that have no driver yet, then count only if somebody decides so.
SELECT driver, count(*) AS rides
FROM rides
WHERE status IN ('accepted', 'riding')
GROUP BY driver
HAVING count(*) > 1
ORDER BY rides DESC, driver;
