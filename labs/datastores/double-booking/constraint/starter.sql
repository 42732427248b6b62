-- Make it impossible that a driver has two active rides.
--
-- Write a migration of `rides (id, driver, rider, status)`. psql runs
-- the file once, statement by statement, and stops at the first error.
--
-- A ride is `requested` (no driver yet: null), `accepted`, `riding`,
-- `finished` or `cancelled`. It is active while accepted or riding.
--
-- First mend what is there: where a driver has several active rides,
-- the one with the lowest id stays, and the others become `cancelled`.
-- Nothing else changes, and nothing is deleted.
--
-- From then on PostgreSQL refuses a second active ride of a driver:
-- inserted, updated, or written by two sessions at once. It allows all
-- else: any number of finished, cancelled and requested rides, and a
-- new ride for a driver whose last one has ended.

-- TODO: this index makes the question fast, and refuses nothing
CREATE INDEX active_ride ON rides (driver, status);
