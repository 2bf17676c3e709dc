-- Answers to an analyst's first questions. docs/history-sql.md defines each figure.

CREATE FUNCTION trading.regime(annual_volatility double precision) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN annual_volatility IS NULL OR annual_volatility = 'NaN' THEN 'unknown'
        WHEN annual_volatility < 0.3 THEN 'calm'
        WHEN annual_volatility < 0.8 THEN 'normal'
        ELSE 'stormy'
    END
$$;

-- Mid of the last quote at an instant, else the last trade's price; null when the data ends before the instant.
CREATE FUNCTION trading.mid_at(instrument integer, instant timestamptz) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(
        (SELECT (price_e8 + ask_price_e8) * 0.000000005 FROM trading.market_data
            WHERE instrument_id = instrument AND kind = 2 AND event_time <= instant ORDER BY event_time DESC, sequence DESC LIMIT 1),
        (SELECT price_e8 * 0.00000001 FROM trading.market_data
            WHERE instrument_id = instrument AND kind = 1 AND event_time <= instant ORDER BY event_time DESC, sequence DESC LIMIT 1))
    WHERE EXISTS (SELECT FROM trading.market_data WHERE instrument_id = instrument AND kind IN (1, 2) AND event_time >= instant)
$$;

CREATE VIEW trading.decision_context AS
SELECT decision_id, event_time, portfolio, instrument_id, strategy, model_hash, record #>> '{signal,modelId}' AS model_id,
    annual_volatility, trading.regime(annual_volatility) AS regime
FROM (
    SELECT *, (record #>> '{sample,volatilityPerSqrtSecond}')::double precision * sqrt(31557600) AS annual_volatility FROM trading.decisions
) d;

CREATE VIEW trading.fills AS
SELECT t.event_time, t.trade_id, t.client_order_id, o.decision_id, t.portfolio, i.key AS instrument, t.instrument_id,
    coalesce(d.strategy, o.strategy) AS strategy, d.model_id, d.model_hash, coalesce(d.regime, 'unknown') AS regime, t.side,
    t.price_e8 * 0.00000001 AS price, t.quantity_e8 * 0.00000001 AS quantity,
    t.price_e8 * 0.00000001 * t.quantity_e8 * 0.00000001 AS notional, t.fee, t.fee_asset,
    CASE
        WHEN t.fee = 0 OR right(i.symbol, length(t.fee_asset)) = t.fee_asset THEN t.fee
        WHEN left(i.symbol, length(t.fee_asset)) = t.fee_asset THEN t.fee * t.price_e8 * 0.00000001
    END AS fee_quote,
    CASE WHEN left(i.symbol, length(t.fee_asset)) = t.fee_asset AND right(i.symbol, length(t.fee_asset)) <> t.fee_asset
        THEN t.fee ELSE 0 END AS fee_base,
    t.is_maker, o.reference_price, o.decided_at, t.log_offset
FROM trading.trades t
JOIN trading.instruments i ON i.id = t.instrument_id
LEFT JOIN LATERAL (
    SELECT decision_id, strategy, reference_price, decided_at FROM trading.orders
    WHERE client_order_id = t.client_order_id ORDER BY event_time DESC, log_offset DESC LIMIT 1
) o ON true
LEFT JOIN LATERAL (
    SELECT strategy, model_id, model_hash, regime FROM trading.decision_context WHERE decision_id = o.decision_id LIMIT 1
) d ON true;

-- A fill that turns a position is two parts: one closes, the other opens. A rest worth less than 1 unit of quote is flat.
CREATE VIEW trading.fill_parts AS
WITH moved AS (
    SELECT f.*, f.side * f.quantity - f.fee_base AS change,
        sum(f.side * f.quantity - f.fee_base) OVER book AS position_after
    FROM trading.fills f
    WINDOW book AS (PARTITION BY portfolio, instrument_id ORDER BY event_time, log_offset)
), placed AS (
    SELECT m.*, position_after - change AS position_before,
        CASE WHEN abs(position_after - change) * price < 1 THEN 0 ELSE sign(position_after - change) END AS side_before,
        CASE WHEN abs(position_after) * price < 1 THEN 0 ELSE sign(position_after) END AS side_after
    FROM moved m
), parts AS (
    SELECT p.*, part,
        CASE WHEN side_before * side_after = -1 THEN CASE part WHEN 1 THEN -position_before ELSE position_after END ELSE change END AS part_change,
        part = 1 AND side_after <> side_before AND side_before <> 0 AS closes,
        side_after <> 0 AND side_before <> side_after AND (part = 2 OR side_before = 0) AS opens
    FROM placed p CROSS JOIN generate_series(1, 2) AS part
    WHERE part = 1 OR side_before * side_after = -1
)
SELECT parts.*, part_change / change AS part_share,
    count(*) FILTER (WHERE opens) OVER (PARTITION BY portfolio, instrument_id ORDER BY event_time, log_offset, part) AS round_trip
FROM parts WHERE change <> 0;

CREATE VIEW trading.round_trips AS
SELECT portfolio, instrument, instrument_id, round_trip, min(event_time) AS opened_at,
    max(event_time) FILTER (WHERE closes) AS closed_at, bool_or(closes) AS is_closed,
    sign((array_agg(part_change ORDER BY event_time, log_offset, part))[1]) AS direction,
    (array_agg(strategy ORDER BY event_time, log_offset, part))[1] AS strategy,
    (array_agg(model_id ORDER BY event_time, log_offset, part))[1] AS model_id,
    (array_agg(regime ORDER BY event_time, log_offset, part))[1] AS regime,
    (array_agg(decision_id ORDER BY event_time, log_offset, part))[1] AS decision_id,
    count(*) AS fills,
    sum(abs(part_change) * price) FILTER (WHERE sign(part_change) = direction_of) / nullif(sum(abs(part_change)) FILTER (WHERE sign(part_change) = direction_of), 0) AS entry_price,
    sum(abs(part_change) * price) FILTER (WHERE sign(part_change) <> direction_of) / nullif(sum(abs(part_change)) FILTER (WHERE sign(part_change) <> direction_of), 0) AS exit_price,
    sum(abs(part_change)) FILTER (WHERE sign(part_change) = direction_of) AS quantity,
    sum(fee_quote * part_share) AS fees, count(*) FILTER (WHERE fee_quote IS NULL) AS fills_without_fee_value,
    CASE WHEN bool_or(closes) THEN sum(cash) + (array_agg(rest_after * price ORDER BY event_time, log_offset, part))[count(*)]
        - (array_agg(rest_before * price ORDER BY event_time, log_offset, part))[1] END AS net_pnl
FROM (
    SELECT p.*, first_value(sign(part_change)) OVER (PARTITION BY portfolio, instrument_id, round_trip ORDER BY event_time, log_offset, part) AS direction_of,
        -side * quantity * price * part_share - CASE WHEN fee_base = 0 THEN coalesce(fee_quote, 0) * part_share ELSE 0 END AS cash,
        CASE WHEN part = 1 AND side_before * side_after = -1 THEN 0 ELSE position_after END AS rest_after,
        CASE WHEN part = 2 THEN 0 ELSE position_before END AS rest_before
    FROM trading.fill_parts p
) parts
WHERE round_trip > 0
GROUP BY portfolio, instrument, instrument_id, round_trip;

CREATE VIEW trading.pnl_by_day AS
SELECT portfolio, date_trunc('day', closed_at, 'UTC') AS day, count(*) AS round_trips, sum(net_pnl) AS net_pnl, sum(fees) AS fees,
    count(*) FILTER (WHERE net_pnl > 0) AS winners
FROM trading.round_trips WHERE is_closed GROUP BY 1, 2;

CREATE VIEW trading.pnl_by_hour AS
SELECT portfolio, extract(hour FROM opened_at AT TIME ZONE 'UTC')::integer AS hour, count(*) AS round_trips, sum(net_pnl) AS net_pnl,
    sum(fees) AS fees, count(*) FILTER (WHERE net_pnl > 0) AS winners
FROM trading.round_trips WHERE is_closed GROUP BY 1, 2;

CREATE VIEW trading.pnl_by_model AS
SELECT portfolio, strategy, model_id, count(*) AS round_trips, sum(net_pnl) AS net_pnl, sum(fees) AS fees,
    count(*) FILTER (WHERE net_pnl > 0) AS winners
FROM trading.round_trips WHERE is_closed GROUP BY 1, 2, 3;

CREATE VIEW trading.pnl_by_regime AS
SELECT portfolio, regime, count(*) AS round_trips, sum(net_pnl) AS net_pnl, sum(fees) AS fees, count(*) FILTER (WHERE net_pnl > 0) AS winners
FROM trading.round_trips WHERE is_closed GROUP BY 1, 2;

CREATE VIEW trading.hit_rate AS
SELECT portfolio, strategy, model_id, count(*) AS round_trips, count(*) FILTER (WHERE net_pnl > 0) AS winners,
    count(*) FILTER (WHERE net_pnl > 0)::numeric / count(*) AS hit_rate,
    avg(net_pnl) FILTER (WHERE net_pnl > 0) AS average_win, avg(net_pnl) FILTER (WHERE net_pnl <= 0) AS average_loss,
    sum(net_pnl) FILTER (WHERE net_pnl > 0) / nullif(-sum(net_pnl) FILTER (WHERE net_pnl < 0), 0) AS profit_factor
FROM trading.round_trips WHERE is_closed GROUP BY 1, 2, 3;

CREATE VIEW trading.excursions AS
SELECT r.portfolio, r.instrument, r.round_trip, r.direction, r.opened_at, r.closed_at, r.entry_price, r.quantity, r.net_pnl,
    (CASE WHEN r.direction > 0 THEN highest - r.entry_price ELSE r.entry_price - lowest END) / r.entry_price * 10000 AS mfe_bps,
    (CASE WHEN r.direction > 0 THEN lowest - r.entry_price ELSE r.entry_price - highest END) / r.entry_price * 10000 AS mae_bps
FROM trading.round_trips r
CROSS JOIN LATERAL (
    SELECT max(price_e8) * 0.00000001 AS highest, min(price_e8) * 0.00000001 AS lowest FROM trading.market_data m
    WHERE m.instrument_id = r.instrument_id AND m.kind = 1 AND m.event_time >= r.opened_at AND m.event_time <= r.closed_at
) prices
WHERE r.is_closed;

CREATE VIEW trading.slippage AS
SELECT client_order_id, decision_id, portfolio, instrument, strategy, model_id, regime, side, min(event_time) AS first_fill, max(event_time) AS last_fill,
    sum(quantity) AS quantity, sum(notional) / sum(quantity) AS average_price, max(reference_price) AS reference_price,
    side * (sum(notional) / sum(quantity) - max(reference_price)) / nullif(max(reference_price), 0) * 10000 AS slippage_bps,
    side * (sum(notional) - max(reference_price) * sum(quantity)) AS slippage_quote, sum(fee_quote) AS fees
FROM trading.fills GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;

CREATE VIEW trading.markouts AS
SELECT f.event_time, trade_id, client_order_id, portfolio, instrument, strategy, model_id, side, price, quantity, is_maker,
    side * (trading.mid_at(instrument_id, f.event_time + INTERVAL '1 second') - price) / price * 10000 AS markout_1s_bps,
    side * (trading.mid_at(instrument_id, f.event_time + INTERVAL '5 seconds') - price) / price * 10000 AS markout_5s_bps,
    side * (trading.mid_at(instrument_id, f.event_time + INTERVAL '30 seconds') - price) / price * 10000 AS markout_30s_bps,
    side * (trading.mid_at(instrument_id, f.event_time + INTERVAL '5 minutes') - price) / price * 10000 AS markout_5m_bps
FROM trading.fills f;

-- Perold 1988: the paper portfolio trades everything at the decision's mid, without fees; the rest is valued when the order ended.
CREATE VIEW trading.implementation_shortfall AS
SELECT o.client_order_id, o.decision_id, o.portfolio, o.instrument, o.strategy, o.side, o.status, o.quantity, o.filled_quantity, o.reference_price,
    o.side * (o.filled_notional - o.reference_price * o.filled_quantity) AS execution_cost,
    o.side * (o.quantity - o.filled_quantity) * (trading.mid_at(o.instrument_id, o.event_time) - o.reference_price) AS opportunity_cost,
    coalesce(s.fees, 0) AS fees,
    (o.side * (o.filled_notional - o.reference_price * o.filled_quantity) + coalesce(s.fees, 0)
        + CASE WHEN o.quantity = o.filled_quantity THEN 0
            ELSE o.side * (o.quantity - o.filled_quantity) * (trading.mid_at(o.instrument_id, o.event_time) - o.reference_price) END)
        / nullif(o.quantity * o.reference_price, 0) * 10000 AS shortfall_bps
FROM trading.latest_orders o LEFT JOIN trading.slippage s ON s.client_order_id = o.client_order_id;

CREATE VIEW trading.provenance AS
SELECT d.decision_id, d.event_time, d.portfolio, i.key AS instrument, d.strategy, c.model_id, d.model_hash, c.regime, d.outcome, d.summary,
    f.last_sequence AS sample_last_sequence, f.is_warm AS sample_is_warm, (f.bid_price_e8 + f.ask_price_e8) * 0.000000005 AS sample_mid,
    s.direction AS signal_direction, s.score AS signal_score, s.confidence AS signal_confidence, s.expected_move_bps AS signal_expected_move_bps,
    s.refusals AS signal_refusals, o.client_order_id, o.status AS order_status, o.quantity AS order_quantity,
    t.fills, t.filled_quantity, t.average_price, t.fees, t.first_fill, t.last_fill
FROM trading.decisions d
JOIN trading.instruments i ON i.id = d.instrument_id
JOIN LATERAL (SELECT model_id, regime FROM trading.decision_context c WHERE c.decision_id = d.decision_id LIMIT 1) c ON true
LEFT JOIN trading.features f ON f.instrument_id = d.instrument_id AND f.event_time = d.event_time
LEFT JOIN trading.signals s ON s.instrument_id = d.instrument_id AND s.event_time = d.event_time AND s.strategy = d.strategy
LEFT JOIN LATERAL (
    SELECT DISTINCT ON (client_order_id) client_order_id, status, quantity FROM trading.order_history h
    WHERE h.decision_id = d.decision_id ORDER BY client_order_id, event_time DESC, log_offset DESC
) o ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS fills, sum(quantity) AS filled_quantity, sum(notional) / sum(quantity) AS average_price, sum(fee_quote) AS fees,
        min(event_time) AS first_fill, max(event_time) AS last_fill
    FROM trading.fills WHERE fills.client_order_id = o.client_order_id
) t ON true;
