using System.Globalization;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Contracts.Wire;

/// <summary>Converts facts about books, bars, orders, portfolios and the agent to <c>Protos/facts.proto</c>.</summary>
internal static class StateFactsWire
{
    private const long NanosecondsPerTick = 100;

    public static BookDepth ToWire(BookFact book)
    {
        var wire = new BookDepth { Instrument = book.Instrument.Key, EventTime = book.EventTime.UnixNanoseconds, LastUpdateId = book.LastUpdateId };
        foreach (var level in book.Bids)
        {
            wire.BidPrices.Add(level.Price.Units);
            wire.BidQuantities.Add(level.Quantity.Units);
        }

        foreach (var level in book.Asks)
        {
            wire.AskPrices.Add(level.Price.Units);
            wire.AskQuantities.Add(level.Quantity.Units);
        }

        return wire;
    }

    public static ClosedBar ToWire(BarFact fact) => new()
    {
        Instrument = fact.Instrument.Key,
        OpenTime = fact.Bar.OpenTime.UnixNanoseconds,
        Interval = fact.Bar.Interval.Ticks * NanosecondsPerTick,
        Open = fact.Bar.Open.Units,
        High = fact.Bar.High.Units,
        Low = fact.Bar.Low.Units,
        Close = fact.Bar.Close.Units,
        Volume = fact.Bar.Volume.Units,
        BuyVolume = fact.Bar.BuyVolume.Units,
        QuoteVolume = Text(fact.Bar.QuoteVolume),
        TradeCount = fact.Bar.TradeCount,
    };

    public static OrderTransition ToWire(Order order)
    {
        var wire = new OrderTransition
        {
            ClientOrderId = order.Intent.ClientOrderId,
            DecisionId = order.Intent.Decision.Text,
            Portfolio = order.Intent.Portfolio,
            Instrument = order.Intent.Instrument.Key,
            Strategy = order.Intent.Strategy ?? "",
            Status = order.Status.ToString(),
            Side = MarketDataWire.ToWire(order.Intent.Side),
            Type = order.Intent.Type.ToString(),
            TimeInForce = order.Intent.TimeInForce.ToString(),
            Quantity = order.Quantity.Units,
            FilledQuantity = order.FilledQuantity.Units,
            FilledNotional = Text(order.FilledNotional),
            FillCount = order.FillCount,
            ReferencePrice = Text(order.Intent.ReferencePrice),
            DecidedAt = order.Intent.EventTime.UnixNanoseconds,
            UpdatedAt = order.UpdatedAt.UnixNanoseconds,
            VenueOrderId = order.VenueOrderId ?? "",
            Reason = order.Reason ?? "",
            ReducesRisk = order.Intent.ReducesRisk,
            IsByHand = order.IsByHand,
        };
        if (order.Intent.LimitPrice is { } limit)
        {
            wire.LimitPrice = limit.Units;
        }

        if (order.Intent.StopPrice is { } stop)
        {
            wire.StopPrice = stop.Units;
        }

        return wire;
    }

    public static PortfolioMark ToWire(PortfolioSnapshot snapshot)
    {
        var wire = new PortfolioMark
        {
            Portfolio = snapshot.Portfolio,
            QuoteAsset = snapshot.QuoteAsset,
            EventTime = snapshot.EventTime.UnixNanoseconds,
            Revision = snapshot.Revision,
            Cash = Text(snapshot.Cash),
            Equity = Text(snapshot.Equity),
            HighWaterMark = Text(snapshot.HighWaterMark),
            DayStartEquity = Text(snapshot.DayStartEquity),
            RealizedPnl = Text(snapshot.RealizedPnl),
            UnrealizedPnl = Text(snapshot.UnrealizedPnl),
            Fees = Text(snapshot.Fees),
            FillCount = snapshot.FillCount,
        };
        wire.Positions.AddRange(snapshot.Positions.Select(ToWire));
        foreach (var (asset, balance) in snapshot.Balances)
        {
            wire.Balances[asset] = Text(balance);
        }

        return wire;
    }

    public static AgentEvent ToWire(AgentEventFact change)
    {
        var wire = new AgentEvent
        {
            Kind = (V1.AgentEventKind)change.Kind,
            Subject = change.Subject,
            Name = change.Name,
            To = change.To,
            Actor = change.Actor,
            Reason = change.Reason,
            Time = change.At.UnixNanoseconds,
        };
        if (change.From is { } from)
        {
            wire.From = from;
        }

        return wire;
    }

    public static LatencyWindow ToWire(LatencyFact latency) => new()
    {
        Node = latency.Node,
        Stage = latency.Stage,
        WindowEnd = latency.WindowEnd.UnixNanoseconds,
        Window = latency.Window.Ticks * NanosecondsPerTick,
        Count = latency.Count,
        P50Ms = latency.P50Ms,
        P99Ms = latency.P99Ms,
        MaxMs = latency.MaxMs,
    };

    private static PositionMark ToWire(PositionSnapshot position)
    {
        var wire = new PositionMark
        {
            Instrument = position.Instrument.Key,
            Quantity = Text(position.Quantity),
            RealizedPnl = Text(position.RealizedPnl),
            UnrealizedPnl = Text(position.UnrealizedPnl),
        };
        if (position.AveragePrice is { } average)
        {
            wire.AveragePrice = Text(average);
        }

        if (position.MarkPrice is { } mark)
        {
            wire.MarkPrice = Text(mark);
        }

        return wire;
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
