-- The tables with prices and quantities as exact decimal numbers and instruments by name.

CREATE VIEW trading.market_trades AS
SELECT event_time, receive_time, i.key AS instrument, m.instrument_id, venue_id AS trade_id, line, feed_epoch, sequence,
    price_e8 * 0.00000001 AS price, quantity_e8 * 0.00000001 AS quantity,
    price_e8 * 0.00000001 * quantity_e8 * 0.00000001 AS notional, aggressor
FROM trading.market_data m JOIN trading.instruments i ON i.id = m.instrument_id
WHERE kind = 1;

CREATE VIEW trading.market_quotes AS
SELECT event_time, receive_time, i.key AS instrument, m.instrument_id, venue_id AS update_id, line, feed_epoch, sequence,
    price_e8 * 0.00000001 AS bid, quantity_e8 * 0.00000001 AS bid_quantity,
    ask_price_e8 * 0.00000001 AS ask, ask_quantity_e8 * 0.00000001 AS ask_quantity,
    (price_e8 + ask_price_e8) * 0.000000005 AS mid
FROM trading.market_data m JOIN trading.instruments i ON i.id = m.instrument_id
WHERE kind = 2;

CREATE VIEW trading.feed_interruptions AS
SELECT event_time, receive_time, i.key AS instrument, m.instrument_id, line, feed_epoch, sequence
FROM trading.market_data m JOIN trading.instruments i ON i.id = m.instrument_id
WHERE kind = 5;

CREATE VIEW trading.book_levels AS
SELECT event_time, i.key AS instrument, b.instrument_id, last_update_id, side, level, price_e8 * 0.00000001 AS price,
    quantity_e8 * 0.00000001 AS quantity
FROM trading.order_book b JOIN trading.instruments i ON i.id = b.instrument_id
CROSS JOIN LATERAL (
    SELECT 'bid' AS side, level, price_e8, quantity_e8
    FROM unnest(bid_prices_e8, bid_quantities_e8) WITH ORDINALITY AS bid (price_e8, quantity_e8, level)
    UNION ALL
    SELECT 'ask', level, price_e8, quantity_e8
    FROM unnest(ask_prices_e8, ask_quantities_e8) WITH ORDINALITY AS ask (price_e8, quantity_e8, level)
) levels;

CREATE VIEW trading.agent_bars AS
SELECT open_time, i.key AS instrument, b.instrument_id, interval_ms, open_e8 * 0.00000001 AS open, high_e8 * 0.00000001 AS high,
    low_e8 * 0.00000001 AS low, close_e8 * 0.00000001 AS close, volume_e8 * 0.00000001 AS volume,
    buy_volume_e8 * 0.00000001 AS buy_volume, quote_volume, trade_count
FROM trading.bars b JOIN trading.instruments i ON i.id = b.instrument_id;

CREATE VIEW trading.bars_1m AS
SELECT open_time, i.key AS instrument, b.instrument_id, open_e8 * 0.00000001 AS open, high_e8 * 0.00000001 AS high,
    low_e8 * 0.00000001 AS low, close_e8 * 0.00000001 AS close, volume_e8 * 0.00000001 AS volume,
    buy_volume_e8 * 0.00000001 AS buy_volume, quote_volume_e16 * 0.0000000000000001 AS quote_volume, trade_count::bigint AS trade_count
FROM trading.bars_1m_e8 b JOIN trading.instruments i ON i.id = b.instrument_id;

CREATE VIEW trading.bars_5m AS
SELECT open_time, i.key AS instrument, b.instrument_id, open_e8 * 0.00000001 AS open, high_e8 * 0.00000001 AS high,
    low_e8 * 0.00000001 AS low, close_e8 * 0.00000001 AS close, volume_e8 * 0.00000001 AS volume,
    buy_volume_e8 * 0.00000001 AS buy_volume, quote_volume_e16 * 0.0000000000000001 AS quote_volume, trade_count::bigint AS trade_count
FROM trading.bars_5m_e8 b JOIN trading.instruments i ON i.id = b.instrument_id;

CREATE VIEW trading.bars_1h AS
SELECT open_time, i.key AS instrument, b.instrument_id, open_e8 * 0.00000001 AS open, high_e8 * 0.00000001 AS high,
    low_e8 * 0.00000001 AS low, close_e8 * 0.00000001 AS close, volume_e8 * 0.00000001 AS volume,
    buy_volume_e8 * 0.00000001 AS buy_volume, quote_volume_e16 * 0.0000000000000001 AS quote_volume, trade_count::bigint AS trade_count
FROM trading.bars_1h_e8 b JOIN trading.instruments i ON i.id = b.instrument_id;

CREATE VIEW trading.bars_1d AS
SELECT open_time, i.key AS instrument, b.instrument_id, open_e8 * 0.00000001 AS open, high_e8 * 0.00000001 AS high,
    low_e8 * 0.00000001 AS low, close_e8 * 0.00000001 AS close, volume_e8 * 0.00000001 AS volume,
    buy_volume_e8 * 0.00000001 AS buy_volume, quote_volume_e16 * 0.0000000000000001 AS quote_volume, trade_count::bigint AS trade_count
FROM trading.bars_1d_e8 b JOIN trading.instruments i ON i.id = b.instrument_id;

CREATE VIEW trading.feature_values AS
SELECT event_time, i.key AS instrument, f.instrument_id, coalesce(n.name, 'feature ' || v.place) AS name, v.value, n.unit
FROM trading.features f JOIN trading.instruments i ON i.id = f.instrument_id
CROSS JOIN LATERAL unnest(vector) WITH ORDINALITY AS v (value, place)
LEFT JOIN trading.feature_names n ON n.feature_count = cardinality(f.vector) AND n.place = v.place;

CREATE VIEW trading.order_history AS
SELECT event_time, client_order_id, decision_id, portfolio, i.key AS instrument, o.instrument_id, strategy, status, side, order_type,
    time_in_force, quantity_e8 * 0.00000001 AS quantity, limit_price_e8 * 0.00000001 AS limit_price,
    stop_price_e8 * 0.00000001 AS stop_price, filled_quantity_e8 * 0.00000001 AS filled_quantity, filled_notional, fill_count,
    reference_price, decided_at, venue_order_id, reason, reduces_risk, is_by_hand, log_offset
FROM trading.orders o JOIN trading.instruments i ON i.id = o.instrument_id;

CREATE VIEW trading.latest_orders AS
SELECT DISTINCT ON (client_order_id) * FROM trading.order_history ORDER BY client_order_id, event_time DESC, log_offset DESC;

CREATE VIEW trading.latest_positions AS
SELECT DISTINCT ON (portfolio, p.instrument_id) event_time, portfolio, i.key AS instrument, p.instrument_id, quantity, average_price,
    mark_price, realized_pnl, unrealized_pnl
FROM trading.positions p JOIN trading.instruments i ON i.id = p.instrument_id
ORDER BY portfolio, p.instrument_id, event_time DESC, log_offset DESC;

CREATE VIEW trading.daily_pnl AS
SELECT portfolio, day,
    last_equity - coalesce(lag(last_equity) OVER days, first_equity) AS pnl,
    last_fees - coalesce(lag(last_fees) OVER days, first_fees) AS fees,
    last_fill_count - coalesce(lag(last_fill_count) OVER days, first_fill_count) AS fills,
    last_equity, lowest_equity, highest_equity
FROM trading.daily_equity
WINDOW days AS (PARTITION BY portfolio ORDER BY day);
