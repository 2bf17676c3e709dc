using BtcAgent.Contracts.Risk;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>Orders that a schedule sends through risk and execution.</summary>
public sealed partial class HaltStage
{
    /// <summary>Sends one sample of the market through risk, with a signal of that direction.</summary>
    internal Task<RiskDecision> SampleAsync(SignalDirection direction)
    {
        var now = Now();
        var sample = new FeatureSample
        {
            Instrument = Btc,
            EventTime = now + TimeSpan.FromTicks(++_sample * 10L),
            ReceiveTime = now,
            LastSequence = _sample,
            SchemaHash = 1,
            Values = [1f],
            IsWarm = true,
            Quote = new Quote(Price.Parse("49999"), Quantity.Parse("1"), Price.Parse("50001"), Quantity.Parse("1")),
            BookInSync = true,
            LastEventTime = now,
            ClosedBars = [],
            VolatilityPerSqrtSecond = 1e-4,
        };
        return Risk.Assess(
            new Signal
            {
                Instrument = Btc,
                Strategy = "s0",
                EventTime = sample.EventTime,
                ModelId = "m",
                ModelHash = "h",
                Direction = direction,
                Score = (int)direction,
                Confidence = 1,
                ExpectedMoveBps = 100,
                Refusals = [],
            },
            sample);
    }

    /// <summary>Sends an order by hand through risk that rests far from the market.</summary>
    internal Task<ManualOrderAnswer> PlaceAsync(string request) => Risk.Place(new OrderRequest
    {
        RequestId = request,
        Instrument = Btc,
        Side = Side.Buy,
        Type = OrderType.Limit,
        Quantity = Quantity.Parse("0.001"),
        LimitPrice = Price.Parse("46000"),
    });

    /// <summary>Submits an order that rests far from the market, as risk would.</summary>
    internal async Task<Order> RestAsync(string id)
    {
        var terms = new SendTerms((await Execution.GetOpenOrders()).Epoch, Now() + TimeSpan.FromSeconds(2));
        return await Execution.Submit(LimitIntent(id), terms);
    }

    internal OrderIntent LimitIntent(string id) => new()
    {
        ClientOrderId = $"ba-{id}-0",
        Decision = new DecisionId(id),
        Portfolio = Portfolio,
        Instrument = Btc,
        Side = Side.Buy,
        Type = OrderType.Limit,
        TimeInForce = TimeInForce.GoodTillCanceled,
        Quantity = Quantity.Parse("0.001"),
        LimitPrice = Price.Parse("46000"),
        EventTime = Now(),
        ReferencePrice = 50_000,
        ReducesRisk = false,
    };
}
