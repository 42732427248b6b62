-- What is neither finished nor cancelled is taken for active, and a ride that is only requested is
-- neither.
--
-- Requested rides have no driver. GROUP BY puts all nulls into one group, so on a busy evening a
-- driver without a number leads the list, with every rider who still waits.
--
-- Name the statuses that are meant, not those that are not.
SELECT driver, count(*) AS rides
FROM rides
WHERE status NOT IN ('finished', 'cancelled')
GROUP BY driver
HAVING count(*) > 1
ORDER BY rides DESC, driver;
