-- Drivers with one active ride are on the list: that is every driver at work.
--
-- The two that matter are among hundreds, and whoever is paged has to find them by eye.
--
-- WHERE cannot help, because it sees one ride at a time; another clause sees the group.
SELECT driver, count(*) AS rides
FROM rides
WHERE status IN ('accepted', 'riding')
GROUP BY driver
ORDER BY rides DESC, driver;
