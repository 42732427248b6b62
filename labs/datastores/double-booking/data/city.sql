-- Ten drivers, nine of them free, and forty riders with an account.
CREATE TABLE riders (name text PRIMARY KEY);

-- `rider` is null while the driver is free.
CREATE TABLE drivers (id integer PRIMARY KEY, rider text);

-- A ride that is accepted or riding is active: it has a driver, and the driver has no other.
CREATE TABLE rides (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    driver integer REFERENCES drivers,
    rider text NOT NULL REFERENCES riders,
    status text NOT NULL DEFAULT 'accepted'
        CHECK (status IN ('requested', 'accepted', 'riding', 'finished', 'cancelled'))
);

INSERT INTO riders SELECT 'rider ' || n FROM generate_series(1, 40) AS n;
INSERT INTO drivers VALUES (1, 'rider 40');
INSERT INTO drivers SELECT n FROM generate_series(2, 10) AS n;
INSERT INTO rides (driver, rider) VALUES (1, 'rider 40');
