using System.Collections.Immutable;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>An operator's order before its risk checks.</summary>
[GenerateSerializer, Immutable, Alias("OrderRequest")]
public sealed record OrderRequest
{
    /// <summary>Strategy name of operators' orders.</summary>
    public const string Strategy = "manual";

    /// <summary>
    /// Id given by the operator: requests with the same id are the same order, however often they are sent.
    /// </summary>
    [Id(0)] public required string RequestId { get; init; }

    [Id(1)] public required InstrumentId Instrument { get; init; }

    [Id(2)] public required Side Side { get; init; }

    [Id(3)] public required OrderType Type { get; init; }

    [Id(4)] public TimeInForce TimeInForce { get; init; } = TimeInForce.GoodTillCanceled;

    [Id(5)] public required Quantity Quantity { get; init; }

    [Id(6)] public Price? LimitPrice { get; init; }

    [Id(7)] public Price? StopPrice { get; init; }

    /// <summary>In basis points.</summary>
    [Id(8)] public int? TrailingDeltaBps { get; init; }

    /// <summary>Derives the order's id from the request, so that a repeat is recognised.</summary>
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

    /// <summary>The market that the order is judged by: the last quote, without features.</summary>
    /// <param name="quote">Best bid and ask.</param>
    /// <param name="lastEventTime">Venue time of the feed's last event.</param>
    /// <param name="lastReceiveTime">Our time of the feed's last event.</param>
    /// <param name="clockSkewMs">As measured by the feed, in milliseconds; null when it was not.</param>
    /// <param name="isConnected">Whether the feed is connected; without it the quote may differ from the venue's.</param>
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
        ExpectedMoveBps = double.NaN, // An operator states none, so costs are not compared with it.
        Refusals = [],
    };
}
