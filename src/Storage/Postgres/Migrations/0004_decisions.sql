-- The journal: facts kept for later explanation. event_time is nanoseconds since 1970 UTC, as the agent counts;
-- json (not jsonb) keeps the text as it was written.

CREATE TABLE btcagent.decisions (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    event_time bigint NOT NULL,
    instrument text NOT NULL,
    strategy text NOT NULL,
    portfolio text NOT NULL,
    kind text NOT NULL,
    json json NOT NULL
);

CREATE INDEX decisions_by_kind ON btcagent.decisions (kind, seq);
CREATE INDEX decisions_by_instrument ON btcagent.decisions (instrument, seq);
