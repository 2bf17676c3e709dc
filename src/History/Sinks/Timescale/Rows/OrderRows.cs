using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Each transition of each order.</summary>
internal sealed class OrderRows : OneRow<OrderTransition>
{
    public override string Table => "orders";

    protected override string Columns =>
        "event_time, client_order_id, decision_id, portfolio, instrument_id, strategy, status, side, order_type, time_in_force, "
        + "quantity_e8, limit_price_e8, stop_price_e8, filled_quantity_e8, filled_notional, fill_count, reference_price, "
        + "decided_at, venue_order_id, reason, reduces_risk, is_by_hand, log_offset";

    protected override void Check(OrderTransition message)
    {
        WireValues.CheckTexts(
            message.ClientOrderId, message.DecisionId, message.Portfolio, message.Instrument, message.Strategy, message.Status,
            message.Type, message.TimeInForce, message.VenueOrderId, message.Reason);
        _ = WireValues.Decimal(message.FilledNotional);
        _ = WireValues.Decimal(message.ReferencePrice);
    }

    protected override string? InstrumentOf(OrderTransition message) => message.Instrument;

    protected override long TimeOf(OrderTransition message) => message.UpdatedAt;

    protected override async Task WriteAsync(RowWriter writer, OrderTransition message)
    {
        await writer.TextAsync(message.ClientOrderId);
        await writer.TextAsync(message.DecisionId);
        await writer.TextAsync(message.Portfolio);
        await writer.InstrumentAsync(message.Instrument);
        await writer.TextOrNullAsync(message.Strategy);
        await writer.TextAsync(message.Status);
        await writer.SmallAsync(WireValues.Sign(message.Side));
        await writer.TextAsync(message.Type);
        await writer.TextAsync(message.TimeInForce);
        await writer.LongAsync(message.Quantity);
        await writer.LongAsync(message.HasLimitPrice, message.LimitPrice);
        await writer.LongAsync(message.HasStopPrice, message.StopPrice);
        await writer.LongAsync(message.FilledQuantity);
        await writer.NumericAsync(WireValues.Decimal(message.FilledNotional));
        await writer.IntAsync(message.FillCount);
        await writer.NumericAsync(WireValues.Decimal(message.ReferencePrice));
        await writer.TimeAsync(message.DecidedAt);
        await writer.TextOrNullAsync(message.VenueOrderId);
        await writer.TextOrNullAsync(message.Reason);
        await writer.BoolAsync(message.ReducesRisk);
        await writer.BoolAsync(message.IsByHand);
    }
}
