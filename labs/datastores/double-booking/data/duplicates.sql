SELECT driver, count(*) AS rides, array_agg(id ORDER BY id) AS ids
FROM rides
WHERE status IN ('accepted', 'riding')
GROUP BY driver
HAVING count(*) > 1;
