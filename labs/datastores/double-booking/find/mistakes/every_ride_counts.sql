-- Rides that have ended are counted as well.
--
-- A driver who finished one ride and accepted the next is on the list, and so is every driver by
-- the end of the evening: whoever is paged cancels rides that nobody has booked twice.
--
-- Decide which statuses are active before anything is counted.
SELECT driver, count(*) AS rides
FROM rides
WHERE driver IS NOT NULL
GROUP BY driver
HAVING count(*) > 1
ORDER BY rides DESC, driver;
