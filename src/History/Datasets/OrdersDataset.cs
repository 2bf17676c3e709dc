using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Each transition of each order.</summary>
internal sealed class OrdersDataset : Dataset
{
    public override string Name => "orders";

    public override FactTopic Topic => FactTopic.Orders;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("decided_at", ColumnType.Time, "event time of the decision; the event time of the row is that of the transition"),
        new("client_order_id", ColumnType.Text, "id that the agent gave"),
        new("decision_id", ColumnType.Text, "decision that it belongs to"),
        new("portfolio", ColumnType.Text, "portfolio"),
        new("strategy", ColumnType.Text, "strategy", IsNullable: true),
        new("status", ColumnType.Text, "status after the transition"),
        new("side", ColumnType.Text, "`BUY` or `SELL`", IsNullable: true),
        new("type", ColumnType.Text, "type of the order"),
        new("time_in_force", ColumnType.Text, "how long it rests"),
        new("quantity_e8", ColumnType.Units, "quantity at the venue"),
        new("limit_price_e8", ColumnType.Units, "limit price", IsNullable: true),
        new("stop_price_e8", ColumnType.Units, "stop price", IsNullable: true),
        new("filled_quantity_e8", ColumnType.Units, "filled until now"),
        new("filled_notional", ColumnType.Amount, "filled quantity times price, quote asset", IsNullable: true),
        new("fill_count", ColumnType.Whole, "fills until now"),
        new("reference_price", ColumnType.Amount, "mid at the decision", IsNullable: true),
        new("venue_order_id", ColumnType.Text, "the venue's id", IsNullable: true),
        new("reason", ColumnType.Text, "why it ended", IsNullable: true),
        new("reduces_risk", ColumnType.Flag, "reduces the position"),
        new("is_by_hand", ColumnType.Flag, "placed by an operator"),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var order = (OrderTransition)message;
        rows.Begin(order.Instrument, order.UpdatedAt).TimeOnly(order.DecidedAt).Text(order.ClientOrderId).Text(order.DecisionId)
            .Text(order.Portfolio).TextOrNull(order.Strategy).Text(order.Status).TextOrNull(Sides.Of(order.Side)).Text(order.Type)
            .Text(order.TimeInForce).Whole(order.Quantity).WholeOrNull(order.HasLimitPrice, order.LimitPrice)
            .WholeOrNull(order.HasStopPrice, order.StopPrice).Whole(order.FilledQuantity).AmountOrNull(order.FilledNotional)
            .Whole(order.FillCount).AmountOrNull(order.ReferencePrice).TextOrNull(order.VenueOrderId).TextOrNull(order.Reason)
            .Flag(order.ReducesRisk).Flag(order.IsByHand).End();
    }
}
