-- The facts of the agent. docs/history-sql.md explains each table and column.
-- Columns ending in _e8 are whole numbers of 1e-8. Money is numeric and exact. Sides and directions are +1 (buy, long) and -1.
-- Hypertables have no unique index: sink_offsets makes every fact arrive once.

CREATE TABLE trading.instruments (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL UNIQUE,
    venue text NOT NULL GENERATED ALWAYS AS (split_part(key, ':', 1)) STORED,
    symbol text NOT NULL GENERATED ALWAYS AS (split_part(key, ':', 2)) STORED
);

CREATE TABLE trading.sink_owners (
    sink text PRIMARY KEY,
    epoch bigint NOT NULL,
    owner text NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE trading.sink_offsets (
    sink text NOT NULL,
    log text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    next_offset bigint NOT NULL,
    epoch bigint NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (sink, log, topic, partition)
);

CREATE TABLE trading.feature_names (
    feature_count integer NOT NULL,
    place integer NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    PRIMARY KEY (feature_count, place)
);

CREATE TABLE trading.market_data (
    event_time timestamptz NOT NULL,
    receive_time timestamptz NOT NULL,
    instrument_id integer NOT NULL,
    kind integer NOT NULL,
    line integer NOT NULL,
    feed_epoch bigint NOT NULL,
    sequence bigint NOT NULL,
    venue_id bigint NOT NULL,
    price_e8 bigint,
    quantity_e8 bigint,
    ask_price_e8 bigint,
    ask_quantity_e8 bigint,
    aggressor smallint
) {partitioned by event_time};
CREATE INDEX market_data_time ON trading.market_data (instrument_id, kind, event_time);

CREATE TABLE trading.order_book (
    event_time timestamptz NOT NULL,
    instrument_id integer NOT NULL,
    last_update_id bigint NOT NULL,
    bid_price_e8 bigint,
    ask_price_e8 bigint,
    bid_prices_e8 bigint[] NOT NULL,
    bid_quantities_e8 bigint[] NOT NULL,
    ask_prices_e8 bigint[] NOT NULL,
    ask_quantities_e8 bigint[] NOT NULL,
    log_offset bigint NOT NULL
) {partitioned by event_time};
CREATE INDEX order_book_time ON trading.order_book (instrument_id, event_time);

CREATE TABLE trading.bars (
    open_time timestamptz NOT NULL,
    instrument_id integer NOT NULL,
    interval_ms bigint NOT NULL,
    open_e8 bigint NOT NULL,
    high_e8 bigint NOT NULL,
    low_e8 bigint NOT NULL,
    close_e8 bigint NOT NULL,
    volume_e8 bigint NOT NULL,
    buy_volume_e8 bigint NOT NULL,
    quote_volume numeric NOT NULL,
    trade_count integer NOT NULL,
    log_offset bigint NOT NULL
) {partitioned by open_time};
CREATE INDEX bars_time ON trading.bars (instrument_id, interval_ms, open_time);

CREATE TABLE trading.features (
    event_time timestamptz NOT NULL,
    receive_time timestamptz NOT NULL,
    instrument_id integer NOT NULL,
    last_sequence bigint NOT NULL,
    schema_hash bigint NOT NULL,
    is_warm boolean NOT NULL,
    book_in_sync boolean NOT NULL,
    bid_price_e8 bigint NOT NULL,
    ask_price_e8 bigint NOT NULL,
    vector real[] NOT NULL,
    log_offset bigint NOT NULL
) {partitioned by event_time};
CREATE INDEX features_time ON trading.features (instrument_id, event_time);

CREATE TABLE trading.signals (
    event_time timestamptz NOT NULL,
    instrument_id integer NOT NULL,
    strategy text NOT NULL,
    model_id text NOT NULL,
    model_hash text NOT NULL,
    direction smallint NOT NULL,
    score double precision NOT NULL,
    confidence double precision NOT NULL,
    expected_move_bps double precision NOT NULL,
    refusals text[] NOT NULL,
    log_offset bigint NOT NULL
) {partitioned by event_time};
CREATE INDEX signals_time ON trading.signals (instrument_id, event_time);

CREATE TABLE trading.decisions (
    event_time timestamptz NOT NULL,
    decision_id text NOT NULL,
    portfolio text NOT NULL,
    instrument_id integer NOT NULL,
    strategy text NOT NULL,
    model_hash text NOT NULL,
    outcome text NOT NULL,
    target_position numeric NOT NULL,
    current_position numeric NOT NULL,
    client_order_id text,
    side smallint,
    order_type text,
    quantity_e8 bigint,
    limit_price_e8 bigint,
    stop_price_e8 bigint,
    summary text NOT NULL,
    checks jsonb NOT NULL,
    record jsonb NOT NULL,
    log_offset bigint NOT NULL
) {partitioned by event_time};
CREATE INDEX decisions_id ON trading.decisions (decision_id);
CREATE INDEX decisions_time ON trading.decisions (portfolio, event_time);

CREATE TABLE trading.orders (
    event_time timestamptz NOT NULL,
    client_order_id text NOT NULL,
    decision_id text NOT NULL,
    portfolio text NOT NULL,
    instrument_id integer NOT NULL,
    strategy text,
    status text NOT NULL,
    side smallint NOT NULL,
    order_type text NOT NULL,
    time_in_force text NOT NULL,
    quantity_e8 bigint NOT NULL,
    limit_price_e8 bigint,
    stop_price_e8 bigint,
    filled_quantity_e8 bigint NOT NULL,
    filled_notional numeric NOT NULL,
    fill_count integer NOT NULL,
    reference_price numeric NOT NULL,
    decided_at timestamptz NOT NULL,
    venue_order_id text,
    reason text,
    reduces_risk boolean NOT NULL,
    is_by_hand boolean NOT NULL,
    log_offset bigint NOT NULL
) {partitioned by event_time};
CREATE INDEX orders_id ON trading.orders (client_order_id);
CREATE INDEX orders_decision ON trading.orders (decision_id);
CREATE INDEX orders_time ON trading.orders (portfolio, event_time);

CREATE TABLE trading.trades (
    event_time timestamptz NOT NULL,
    trade_id text NOT NULL,
    client_order_id text NOT NULL,
    portfolio text NOT NULL,
    instrument_id integer NOT NULL,
    side smallint NOT NULL,
    price_e8 bigint NOT NULL,
    quantity_e8 bigint NOT NULL,
    fee numeric NOT NULL,
    fee_asset text NOT NULL,
    is_maker boolean NOT NULL,
    log_offset bigint NOT NULL
) {partitioned by event_time};
CREATE INDEX trades_order ON trading.trades (client_order_id);
CREATE INDEX trades_time ON trading.trades (portfolio, event_time);

CREATE TABLE trading.positions (
    event_time timestamptz NOT NULL,
    portfolio text NOT NULL,
    instrument_id integer NOT NULL,
    revision bigint NOT NULL,
    quantity numeric NOT NULL,
    average_price numeric,
    mark_price numeric,
    realized_pnl numeric NOT NULL,
    unrealized_pnl numeric NOT NULL,
    log_offset bigint NOT NULL
) {partitioned by event_time};
CREATE INDEX positions_time ON trading.positions (portfolio, event_time);

CREATE TABLE trading.risk_metrics (
    event_time timestamptz NOT NULL,
    portfolio text NOT NULL,
    quote_asset text NOT NULL,
    revision bigint NOT NULL,
    cash numeric NOT NULL,
    equity numeric NOT NULL,
    high_water_mark numeric NOT NULL,
    day_start_equity numeric NOT NULL,
    realized_pnl numeric NOT NULL,
    unrealized_pnl numeric NOT NULL,
    fees numeric NOT NULL,
    exposure numeric NOT NULL,
    fill_count integer NOT NULL,
    balances jsonb NOT NULL,
    log_offset bigint NOT NULL
) {partitioned by event_time};
CREATE INDEX risk_metrics_time ON trading.risk_metrics (portfolio, event_time);

CREATE TABLE trading.latency (
    event_time timestamptz NOT NULL,
    node text NOT NULL,
    stage text NOT NULL,
    window_ms bigint NOT NULL,
    count bigint NOT NULL,
    p50_ms double precision NOT NULL,
    p99_ms double precision NOT NULL,
    max_ms double precision NOT NULL,
    log_offset bigint NOT NULL
) {partitioned by event_time};
CREATE INDEX latency_time ON trading.latency (stage, event_time);

CREATE TABLE trading.audit_log (
    event_time timestamptz NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    log_offset bigint NOT NULL
);
CREATE INDEX audit_log_time ON trading.audit_log (event_time);

-- @timescale
SELECT create_hypertable('trading.market_data', by_range('event_time', INTERVAL '1 day'), create_default_indexes => false);
ALTER TABLE trading.market_data SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'instrument_id, kind', timescaledb.compress_orderby = 'event_time DESC, sequence DESC');
SELECT create_hypertable('trading.order_book', by_range('event_time', INTERVAL '1 day'), create_default_indexes => false);
ALTER TABLE trading.order_book SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'instrument_id', timescaledb.compress_orderby = 'event_time DESC');
SELECT create_hypertable('trading.features', by_range('event_time', INTERVAL '1 day'), create_default_indexes => false);
ALTER TABLE trading.features SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'instrument_id', timescaledb.compress_orderby = 'event_time DESC');
SELECT create_hypertable('trading.signals', by_range('event_time', INTERVAL '7 days'), create_default_indexes => false);
ALTER TABLE trading.signals SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'instrument_id, strategy', timescaledb.compress_orderby = 'event_time DESC');
SELECT create_hypertable('trading.decisions', by_range('event_time', INTERVAL '7 days'), create_default_indexes => false);
ALTER TABLE trading.decisions SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'portfolio', timescaledb.compress_orderby = 'event_time DESC, log_offset DESC');
SELECT create_hypertable('trading.bars', by_range('open_time', INTERVAL '30 days'), create_default_indexes => false);
ALTER TABLE trading.bars SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'instrument_id, interval_ms', timescaledb.compress_orderby = 'open_time DESC');
SELECT create_hypertable('trading.orders', by_range('event_time', INTERVAL '30 days'), create_default_indexes => false);
ALTER TABLE trading.orders SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'portfolio', timescaledb.compress_orderby = 'event_time DESC, log_offset DESC');
SELECT create_hypertable('trading.trades', by_range('event_time', INTERVAL '30 days'), create_default_indexes => false);
ALTER TABLE trading.trades SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'portfolio', timescaledb.compress_orderby = 'event_time DESC, log_offset DESC');
SELECT create_hypertable('trading.positions', by_range('event_time', INTERVAL '30 days'), create_default_indexes => false);
ALTER TABLE trading.positions SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'portfolio, instrument_id', timescaledb.compress_orderby = 'event_time DESC, log_offset DESC');
SELECT create_hypertable('trading.risk_metrics', by_range('event_time', INTERVAL '30 days'), create_default_indexes => false);
ALTER TABLE trading.risk_metrics SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'portfolio', timescaledb.compress_orderby = 'event_time DESC, log_offset DESC');
SELECT create_hypertable('trading.latency', by_range('event_time', INTERVAL '30 days'), create_default_indexes => false);
ALTER TABLE trading.latency SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'node, stage', timescaledb.compress_orderby = 'event_time DESC');
