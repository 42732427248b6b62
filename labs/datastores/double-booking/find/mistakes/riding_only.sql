-- Only rides under way are counted, and an accepted one is a promise too.
--
-- The second rider, who is waiting at the kerb, has an accepted ride: this query finds a double
-- booking only after both riders are in cars, when it is too late to call one.
--
-- Look at which statuses the task calls active.
SELECT driver, count(*) AS rides
FROM rides
WHERE status = 'riding'
GROUP BY driver
HAVING count(*) > 1
ORDER BY rides DESC, driver;
