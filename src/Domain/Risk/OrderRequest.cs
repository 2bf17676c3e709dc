using System.Collections.Immutable;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>An order that an operator wants, before risk has looked at it.</summary>
[GenerateSerializer, Immutable, Alias("OrderRequest")]
public sealed record OrderRequest
{
    /// <summary>Strategy name that operators' orders are kept under.</summary>
    public const string Strategy = "manual";

    /// <summary>Given by the operator: the same id is the same order, however often it is sent.</summary>
    [Id(0)] public required string RequestId { get; init; }

    [Id(1)] public required InstrumentId Instrument { get; init; }

    [Id(2)] public required Side Side { get; init; }

    [Id(3)] public required OrderType Type { get; init; }

    [Id(4)] public TimeInForce TimeInForce { get; init; } = TimeInForce.GoodTillCanceled;

    [Id(5)] public required Quantity Quantity { get; init; }

    [Id(6)] public Price? LimitPrice { get; init; }

    [Id(7)] public Price? StopPrice { get; init; }

    /// <summary>Basis points.</summary>
    [Id(8)] public int? TrailingDeltaBps { get; init; }

    /// <summary>Names the order by the request, so that a repeat is recognised.</summary>
    public DecisionId IdIn(string portfolio) => DecisionId.From(portfolio, $"{Strategy}:{RequestId}", Instrument, Timestamp.Unknown);

    public OrderIntent ToIntent(string portfolio, RiskInput input, bool reducesRisk) => new()
    {
        ClientOrderId = IdIn(portfolio).ClientOrderId(0),
        Decision = IdIn(portfolio),
        Strategy = Strategy,
        Portfolio = portfolio,
        Instrument = Instrument,
        Side = Side,
        Type = Type,
        TimeInForce = TimeInForce,
        Quantity = Quantity,
        LimitPrice = LimitPrice,
        StopPrice = StopPrice,
        TrailingDeltaBps = TrailingDeltaBps,
        EventTime = input.Sample.EventTime,
        ReferencePrice = input.Sample.Quote.Mid,
        ReducesRisk = reducesRisk,
    };

    /// <summary>The market it is judged by: the last quote, and no features.</summary>
    /// <param name="quote">Best bid and ask.</param>
    /// <param name="lastEventTime">Of the feed.</param>
    /// <param name="lastReceiveTime">Of the feed.</param>
    /// <param name="clockSkewMs">As the feed measured it; null when it did not.</param>
    /// <param name="isConnected">Whether the feed is there: the book is not looked at, but without a feed it is not the venue's.</param>
    /// <param name="now">Our clock.</param>
    public FeatureSample ToSample(
        Quote quote, Timestamp lastEventTime, Timestamp lastReceiveTime, double? clockSkewMs, bool isConnected, Timestamp now) => new()
        {
            Instrument = Instrument,
            EventTime = now > lastEventTime ? now : lastEventTime,
            ReceiveTime = lastReceiveTime,
            ClockSkewMs = clockSkewMs,
            LastSequence = 0,
            SchemaHash = 0,
            Values = [],
            IsWarm = true,
            Quote = quote,
            BookInSync = isConnected,
            LastEventTime = lastEventTime,
            ClosedBars = ImmutableArray<Bars.Bar>.Empty,
        };

    public Signal ToSignal() => new()
    {
        Instrument = Instrument,
        Strategy = Strategy,
        EventTime = Timestamp.Unknown,
        ModelId = Strategy,
        ModelHash = "",
        Direction = Side == Side.Buy ? SignalDirection.Long : SignalDirection.Short,
        Score = 0,
        Confidence = 1,
        ExpectedMoveBps = double.NaN, // The operator states none: there is nothing to hold costs against.
        Refusals = [],
    };
}
