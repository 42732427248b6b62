-- What it takes to stop sessions at their commit, and to see who waits.

-- A transaction that adds a ride cannot commit while somebody else holds
-- pg_advisory_lock(718281, driver).
CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_advisory_xact_lock_shared(718281, new.driver); RETURN NULL; END $$;

CREATE CONSTRAINT TRIGGER hold AFTER INSERT ON rides DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION hold();

-- From pg_locks, not from pg_stat_activity: a lock is granted there in the moment of its release,
-- before the session that gets it wakes up.
CREATE VIEW waiting AS
SELECT count(DISTINCT pid)::integer AS sessions
FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE NOT granted AND datname = current_database();

CREATE VIEW held AS
SELECT count(*)::integer AS locks
FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory' AND granted;

-- Functions, so that a migration may change the tables.
CREATE FUNCTION holder(integer) RETURNS text LANGUAGE sql AS
'SELECT rider FROM drivers WHERE id = $1';

CREATE FUNCTION active(integer) RETURNS text[] LANGUAGE sql AS
'SELECT array(SELECT rider FROM rides
 WHERE driver = $1 AND status IN (''accepted'', ''riding'') ORDER BY id)';
