SELECT driver, array_agg(id || ' ' || status ORDER BY id) AS rides
FROM rides
WHERE status IN ('accepted', 'riding')
GROUP BY driver
HAVING count(*) > 1
ORDER BY driver;
