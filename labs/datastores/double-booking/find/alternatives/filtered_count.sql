-- All rides are read, and FILTER says which of them count.
SELECT driver, count(*) FILTER (WHERE status IN ('accepted', 'riding')) AS rides
FROM rides
WHERE driver IS NOT NULL
GROUP BY driver
HAVING count(*) FILTER (WHERE status IN ('accepted', 'riding')) >= 2
ORDER BY 2 DESC, 1
