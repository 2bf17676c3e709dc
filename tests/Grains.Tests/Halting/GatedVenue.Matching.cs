using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>Handles orders that have arrived at the venue.</summary>
internal sealed partial class GatedVenue
{
    private ImmutableArray<ExecutionReport> Take(OrderIntent intent)
    {
        var order = new VenueOrder
        {
            ClientOrderId = intent.ClientOrderId,
            VenueOrderId = NextOrderId(),
            Instrument = intent.Instrument,
            Side = intent.Side,
            Type = intent.Type,
            TimeInForce = intent.TimeInForce,
            Quantity = intent.Quantity,
            LimitPrice = intent.LimitPrice,
            StopPrice = intent.StopPrice,
            Status = OrderStatus.Accepted,
            ExecutedQuantity = Quantity.Zero,
            UpdatedAt = Now(),
        };
        var accepted = ReportOf(order, ExecutionReportKind.Accepted, null);
        if (intent.Type != OrderType.Market)
        {
            _orders.Add(order);
            return [accepted];
        }

        var sign = intent.Side == Side.Buy ? 1 : -1;
        _base += sign * intent.Quantity.ToDecimal();
        _quote -= sign * intent.Quantity.ToDecimal() * Market;
        LeastBase = Math.Min(LeastBase, _base);
        var trade = new VenueFill
        {
            TradeId = _trades.Count + 1,
            VenueOrderId = order.VenueOrderId,
            Side = intent.Side,
            Price = Price.Parse("50000"),
            Quantity = intent.Quantity,
            Fee = 0,
            FeeAsset = "USDT",
            IsMaker = false,
            EventTime = Now(),
        };
        _trades.Add(trade);
        var filled = order with { Status = OrderStatus.Filled, ExecutedQuantity = intent.Quantity };
        _orders.Add(filled);
        return [accepted, ReportOf(filled, ExecutionReportKind.Trade, new Fill
        {
            TradeId = trade.TradeId.ToString(CultureInfo.InvariantCulture),
            ClientOrderId = intent.ClientOrderId,
            Portfolio = intent.Portfolio,
            Instrument = intent.Instrument,
            Side = intent.Side,
            Price = trade.Price,
            Quantity = trade.Quantity,
            Fee = 0,
            FeeAsset = "USDT",
            IsMaker = false,
            EventTime = trade.EventTime,
        })];
    }

    private VenueAnswer Cancel(string clientOrderId)
    {
        var index = _orders.FindIndex(order => order.ClientOrderId == clientOrderId && order.IsOpen);
        if (index < 0)
        {
            return VenueAnswer.Not(VenueOutcome.Refused, "-2011: Unknown order sent.");
        }

        _orders[index] = _orders[index] with { Status = OrderStatus.Canceled, UpdatedAt = Now() };
        return VenueAnswer.Done(ReportOf(_orders[index], ExecutionReportKind.Canceled, null));
    }

    private static ExecutionReport ReportOf(VenueOrder order, ExecutionReportKind kind, Fill? fill) => new()
    {
        ClientOrderId = order.ClientOrderId,
        Kind = kind,
        EventTime = order.UpdatedAt,
        VenueOrderId = order.VenueOrderId,
        VenueOrder = order,
        Fill = fill,
    };
}
