-- The same for SQLite and PostgreSQL.

-- One row a report. A report that is sent again has the same station, verdict and minute.
CREATE TABLE reports (
    station  TEXT   NOT NULL,
    verdict  TEXT   NOT NULL,
    -- Minutes since 1970-01-01 in the dataset's zone, as the rider's phone says.
    at       BIGINT NOT NULL,
    edition  TEXT   NOT NULL,
    -- When it came: minutes in the dataset's zone.
    received BIGINT NOT NULL,
    -- A keyed hash of the sender's address, empty after two days.
    sender   TEXT   NOT NULL,
    PRIMARY KEY (station, verdict, at)
);

CREATE INDEX reports_by_time ON reports (at);

-- The keys of the hashes, one a day, deleted after two days.
CREATE TABLE day_keys (
    day     BIGINT NOT NULL PRIMARY KEY,
    day_key TEXT   NOT NULL
);

-- What the publisher answered last.
CREATE TABLE answers (
    station TEXT   NOT NULL PRIMARY KEY,
    answer  TEXT   NOT NULL,
    -- The last day of a closure, in days since 1970-01-01; else 0.
    day     BIGINT NOT NULL,
    at      BIGINT NOT NULL
);
