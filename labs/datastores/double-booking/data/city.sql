-- Ten drivers, nine of them free, and forty riders with an account.
CREATE TABLE riders (name text PRIMARY KEY);

-- `rider` is null while the driver is free.
CREATE TABLE drivers (id integer PRIMARY KEY, rider text);

CREATE TABLE rides (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    driver integer NOT NULL REFERENCES drivers,
    rider text NOT NULL REFERENCES riders,
    status text NOT NULL DEFAULT 'riding'
);

INSERT INTO riders SELECT 'rider ' || n FROM generate_series(1, 40) AS n;
INSERT INTO drivers SELECT n FROM generate_series(1, 9) AS n;
INSERT INTO drivers VALUES (10, 'rider 40');
INSERT INTO rides (driver, rider) VALUES (10, 'rider 40');
