-- How far each partition of the log of facts is stored in the journal; written with the decisions in one transaction.

CREATE TABLE btcagent.journal_places (
    log text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    next bigint NOT NULL,
    PRIMARY KEY (log, topic, partition)
);
