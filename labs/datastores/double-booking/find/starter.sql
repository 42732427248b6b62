-- Find the drivers who have more than one active ride.
--
-- Write one query of `rides (id, driver, rider, status)`. It gives two
-- columns: `driver`, and `rides`, how many active rides that driver
-- has. Only drivers with two or more are in it, the one with the most
-- first; those with equally many are in the order of their numbers.
--
-- A ride is `requested` (no driver yet: null), `accepted`, `riding`,
-- `finished` or `cancelled`. It is active while accepted or riding.

-- TODO: only active rides, only drivers with two or more, worst first
SELECT driver, count(*) AS rides
FROM rides
GROUP BY driver;
