-- Bars of the venue's trades, 1 m -> 5 m -> 1 h -> 1 d, and the daily equity of portfolios. All show the last bucket live.
-- Open and close are by event time and sequence. A second line of readers sends the same trades again: bars are of line 0.
-- Sums of price x quantity are whole numbers of 1e-16.

-- @timescale
-- Sorts as the numbers do, from the year 2000 on. Bytes, because first() and last() cannot pass rows or arrays on in parallel plans.
CREATE FUNCTION trading.trade_place(event_time timestamptz, feed_epoch bigint, sequence bigint) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT timestamptz_send(event_time) || int8send(feed_epoch) || int8send(sequence) $$;

CREATE FUNCTION trading.mark_place(event_time timestamptz, log_offset bigint) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT timestamptz_send(event_time) || int8send(log_offset) $$;

CREATE MATERIALIZED VIEW trading.bars_1m_e8
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT instrument_id, time_bucket(INTERVAL '1 minute', event_time) AS open_time,
    first(price_e8, trading.trade_place(event_time, feed_epoch, sequence)) AS open_e8, max(price_e8) AS high_e8, min(price_e8) AS low_e8,
    last(price_e8, trading.trade_place(event_time, feed_epoch, sequence)) AS close_e8, sum(quantity_e8) AS volume_e8,
    sum(CASE WHEN aggressor = 1 THEN quantity_e8 ELSE 0 END) AS buy_volume_e8,
    sum(price_e8::numeric * quantity_e8) AS quote_volume_e16, count(*) AS trade_count
FROM trading.market_data WHERE kind = 1 AND line = 0 GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW trading.bars_5m_e8
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT instrument_id, time_bucket(INTERVAL '5 minutes', open_time) AS open_time,
    first(open_e8, open_time) AS open_e8, max(high_e8) AS high_e8, min(low_e8) AS low_e8, last(close_e8, open_time) AS close_e8,
    sum(volume_e8) AS volume_e8, sum(buy_volume_e8) AS buy_volume_e8,
    sum(quote_volume_e16) AS quote_volume_e16, sum(trade_count) AS trade_count
FROM trading.bars_1m_e8 GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW trading.bars_1h_e8
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT instrument_id, time_bucket(INTERVAL '1 hour', open_time) AS open_time,
    first(open_e8, open_time) AS open_e8, max(high_e8) AS high_e8, min(low_e8) AS low_e8, last(close_e8, open_time) AS close_e8,
    sum(volume_e8) AS volume_e8, sum(buy_volume_e8) AS buy_volume_e8,
    sum(quote_volume_e16) AS quote_volume_e16, sum(trade_count) AS trade_count
FROM trading.bars_5m_e8 GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW trading.bars_1d_e8
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT instrument_id, time_bucket(INTERVAL '1 day', open_time) AS open_time,
    first(open_e8, open_time) AS open_e8, max(high_e8) AS high_e8, min(low_e8) AS low_e8, last(close_e8, open_time) AS close_e8,
    sum(volume_e8) AS volume_e8, sum(buy_volume_e8) AS buy_volume_e8,
    sum(quote_volume_e16) AS quote_volume_e16, sum(trade_count) AS trade_count
FROM trading.bars_1h_e8 GROUP BY 1, 2 WITH NO DATA;

CREATE MATERIALIZED VIEW trading.daily_equity
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT portfolio, time_bucket(INTERVAL '1 day', event_time) AS day,
    first(equity, trading.mark_place(event_time, log_offset)) AS first_equity, last(equity, trading.mark_place(event_time, log_offset)) AS last_equity,
    min(equity) AS lowest_equity, max(equity) AS highest_equity,
    first(fees, trading.mark_place(event_time, log_offset)) AS first_fees, last(fees, trading.mark_place(event_time, log_offset)) AS last_fees,
    first(fill_count, trading.mark_place(event_time, log_offset)) AS first_fill_count, last(fill_count, trading.mark_place(event_time, log_offset)) AS last_fill_count
FROM trading.risk_metrics GROUP BY 1, 2 WITH NO DATA;

SELECT add_continuous_aggregate_policy('trading.bars_1m_e8', start_offset => INTERVAL '2 days', end_offset => INTERVAL '1 minute',
    schedule_interval => INTERVAL '1 minute');
SELECT add_continuous_aggregate_policy('trading.bars_5m_e8', start_offset => INTERVAL '2 days', end_offset => INTERVAL '5 minutes',
    schedule_interval => INTERVAL '5 minutes');
SELECT add_continuous_aggregate_policy('trading.bars_1h_e8', start_offset => INTERVAL '3 days', end_offset => INTERVAL '1 hour',
    schedule_interval => INTERVAL '30 minutes');
SELECT add_continuous_aggregate_policy('trading.bars_1d_e8', start_offset => INTERVAL '4 days', end_offset => INTERVAL '1 day',
    schedule_interval => INTERVAL '1 hour');
SELECT add_continuous_aggregate_policy('trading.daily_equity', start_offset => INTERVAL '4 days', end_offset => INTERVAL '1 day',
    schedule_interval => INTERVAL '1 hour');

-- @native
-- Closed minutes are stored, the rest is computed when asked for. The sink stores minutes as they age, and again when a late trade comes.
CREATE TABLE trading.bars_1m_closed (
    instrument_id integer NOT NULL,
    open_time timestamptz NOT NULL,
    open_e8 bigint NOT NULL,
    high_e8 bigint NOT NULL,
    low_e8 bigint NOT NULL,
    close_e8 bigint NOT NULL,
    volume_e8 numeric NOT NULL,
    buy_volume_e8 numeric NOT NULL,
    quote_volume_e16 numeric NOT NULL,
    trade_count bigint NOT NULL,
    PRIMARY KEY (instrument_id, open_time)
);

CREATE TABLE trading.bars_1m_progress (closed_before timestamptz NOT NULL);
INSERT INTO trading.bars_1m_progress VALUES ('-infinity');

CREATE FUNCTION trading.bars_1m_between(lower_bound timestamptz, upper_bound timestamptz)
RETURNS SETOF trading.bars_1m_closed LANGUAGE sql STABLE AS $$
    SELECT instrument_id, date_trunc('minute', event_time, 'UTC') AS open_time,
        (array_agg(price_e8 ORDER BY event_time, feed_epoch, sequence))[1], max(price_e8), min(price_e8),
        (array_agg(price_e8 ORDER BY event_time DESC, feed_epoch DESC, sequence DESC))[1], sum(quantity_e8),
        sum(CASE WHEN aggressor = 1 THEN quantity_e8 ELSE 0 END), sum(price_e8::numeric * quantity_e8), count(*)
    FROM trading.market_data
    WHERE kind = 1 AND line = 0 AND event_time >= lower_bound AND event_time < upper_bound
    GROUP BY 1, 2
$$;

CREATE FUNCTION trading.close_bars(until timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE since timestamptz;
BEGIN
    SELECT closed_before INTO since FROM trading.bars_1m_progress FOR UPDATE;
    until := date_trunc('minute', until, 'UTC');
    IF until > since THEN
        INSERT INTO trading.bars_1m_closed SELECT * FROM trading.bars_1m_between(since, until);
        UPDATE trading.bars_1m_progress SET closed_before = until;
    END IF;
END $$;

CREATE FUNCTION trading.repeat_bars(earliest timestamptz, latest timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE since timestamptz;
BEGIN
    SELECT closed_before INTO since FROM trading.bars_1m_progress FOR UPDATE;
    earliest := date_trunc('minute', earliest, 'UTC');
    latest := least(date_trunc('minute', latest, 'UTC') + INTERVAL '1 minute', since);
    IF earliest < latest THEN
        DELETE FROM trading.bars_1m_closed WHERE open_time >= earliest AND open_time < latest;
        INSERT INTO trading.bars_1m_closed SELECT * FROM trading.bars_1m_between(earliest, latest);
    END IF;
END $$;

CREATE VIEW trading.bars_1m_e8 AS
SELECT * FROM trading.bars_1m_closed
UNION ALL
SELECT * FROM trading.bars_1m_between((SELECT closed_before FROM trading.bars_1m_progress), 'infinity');

CREATE VIEW trading.bars_5m_e8 AS
SELECT instrument_id, date_bin(INTERVAL '5 minutes', open_time, TIMESTAMPTZ '1970-01-01 00:00:00+00') AS open_time,
    (array_agg(open_e8 ORDER BY open_time))[1] AS open_e8, max(high_e8) AS high_e8, min(low_e8) AS low_e8,
    (array_agg(close_e8 ORDER BY open_time DESC))[1] AS close_e8, sum(volume_e8) AS volume_e8, sum(buy_volume_e8) AS buy_volume_e8,
    sum(quote_volume_e16) AS quote_volume_e16, sum(trade_count) AS trade_count
FROM trading.bars_1m_e8 GROUP BY 1, 2;

CREATE VIEW trading.bars_1h_e8 AS
SELECT instrument_id, date_bin(INTERVAL '1 hour', open_time, TIMESTAMPTZ '1970-01-01 00:00:00+00') AS open_time,
    (array_agg(open_e8 ORDER BY open_time))[1] AS open_e8, max(high_e8) AS high_e8, min(low_e8) AS low_e8,
    (array_agg(close_e8 ORDER BY open_time DESC))[1] AS close_e8, sum(volume_e8) AS volume_e8, sum(buy_volume_e8) AS buy_volume_e8,
    sum(quote_volume_e16) AS quote_volume_e16, sum(trade_count) AS trade_count
FROM trading.bars_1m_e8 GROUP BY 1, 2;

CREATE VIEW trading.bars_1d_e8 AS
SELECT instrument_id, date_bin(INTERVAL '1 day', open_time, TIMESTAMPTZ '1970-01-01 00:00:00+00') AS open_time,
    (array_agg(open_e8 ORDER BY open_time))[1] AS open_e8, max(high_e8) AS high_e8, min(low_e8) AS low_e8,
    (array_agg(close_e8 ORDER BY open_time DESC))[1] AS close_e8, sum(volume_e8) AS volume_e8, sum(buy_volume_e8) AS buy_volume_e8,
    sum(quote_volume_e16) AS quote_volume_e16, sum(trade_count) AS trade_count
FROM trading.bars_1m_e8 GROUP BY 1, 2;

CREATE VIEW trading.daily_equity AS
SELECT DISTINCT portfolio, date_trunc('day', event_time, 'UTC') AS day,
    first_value(equity) OVER marks AS first_equity, last_value(equity) OVER marks AS last_equity,
    min(equity) OVER marks AS lowest_equity, max(equity) OVER marks AS highest_equity,
    first_value(fees) OVER marks AS first_fees, last_value(fees) OVER marks AS last_fees,
    first_value(fill_count) OVER marks AS first_fill_count, last_value(fill_count) OVER marks AS last_fill_count
FROM trading.risk_metrics
WINDOW marks AS (PARTITION BY portfolio, date_trunc('day', event_time, 'UTC') ORDER BY event_time, log_offset
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING);
