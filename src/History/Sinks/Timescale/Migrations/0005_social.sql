-- Posts without text and author, and the sums of them that the feeds take.

CREATE TABLE trading.posts (
    event_time timestamptz NOT NULL,
    source text NOT NULL,
    id text NOT NULL,
    language text NOT NULL,
    created_at timestamptz,
    received_at timestamptz NOT NULL,
    tone double precision NOT NULL,
    confidence double precision NOT NULL,
    content double precision NOT NULL,
    weight double precision NOT NULL,
    scorer text NOT NULL,
    scorer_hash text NOT NULL,
    log_offset bigint NOT NULL
) {partitioned by event_time};
CREATE INDEX posts_time ON trading.posts (source, event_time);

CREATE TABLE trading.sentiment (
    event_time timestamptz NOT NULL,
    asset text NOT NULL,
    number bigint NOT NULL,
    posts bigint NOT NULL,
    content_e8 bigint NOT NULL,
    content_tone_e8 bigint NOT NULL,
    content_tone_squared_e8 bigint NOT NULL,
    extreme_content_e8 bigint NOT NULL,
    influence_e8 bigint NOT NULL,
    influence_tone_e8 bigint NOT NULL,
    scorer text NOT NULL,
    scorer_hash text NOT NULL,
    log_offset bigint NOT NULL
) {partitioned by event_time};
CREATE INDEX sentiment_time ON trading.sentiment (asset, event_time);

CREATE VIEW trading.tone AS
SELECT event_time, asset, number, posts, content_e8 * 0.00000001 AS weight,
    content_tone_e8::numeric / nullif(content_e8, 0) AS tone,
    influence_tone_e8::numeric / nullif(influence_e8, 0) AS influence_tone,
    extreme_content_e8::numeric / nullif(content_e8, 0) AS extreme_share, scorer, scorer_hash
FROM trading.sentiment;

-- @timescale
SELECT create_hypertable('trading.posts', by_range('event_time', INTERVAL '30 days'), create_default_indexes => false);
ALTER TABLE trading.posts SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'source', timescaledb.compress_orderby = 'event_time DESC, log_offset DESC');
SELECT create_hypertable('trading.sentiment', by_range('event_time', INTERVAL '30 days'), create_default_indexes => false);
ALTER TABLE trading.sentiment SET (timescaledb.compress,
    timescaledb.compress_segmentby = 'asset', timescaledb.compress_orderby = 'event_time DESC, log_offset DESC');
