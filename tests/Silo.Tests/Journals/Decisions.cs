using System.Collections.Immutable;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;
using RiskCheck = BtcAgent.Domain.Risk.RiskCheck;
using RiskDecision = BtcAgent.Domain.Risk.RiskDecision;
using RiskOutcome = BtcAgent.Domain.Risk.RiskOutcome;

namespace BtcAgent.Silo.Tests.Journals;

/// <summary>Decisions that differ by their number.</summary>
internal static class Decisions
{
    public static Decision Of(int number, string portfolio = "main", RiskOutcome outcome = RiskOutcome.Hold)
    {
        var (id, at, instrument) = (new DecisionId($"d{number}"), new Timestamp(number), InstrumentId.Parse("BINANCE:BTCUSDT"));
        return new Decision
        {
            Id = id,
            Portfolio = portfolio,
            Sample = new FeatureSample
            {
                Instrument = instrument,
                EventTime = at,
                ReceiveTime = at,
                LastSequence = number,
                SchemaHash = 1,
                Values = [],
                IsWarm = true,
                Quote = default,
                BookInSync = true,
                LastEventTime = at,
                ClosedBars = [],
            },
            Signal = new Signal
            {
                Instrument = instrument,
                Strategy = "momentum",
                EventTime = at,
                ModelId = "rule",
                ModelHash = "",
                Direction = SignalDirection.Flat,
                Score = 0,
                Confidence = 0,
                ExpectedMoveBps = double.NaN,
                Refusals = [],
            },
            Risk = new RiskDecision
            {
                Decision = id,
                Outcome = outcome,
                Checks = ImmutableArray<RiskCheck>.Empty,
                TargetPosition = 0,
                CurrentPosition = 0,
                Breaker = RiskState.Initial.Breaker,
                Summary = "",
            },
        };
    }

    /// <summary>The message of the topic.</summary>
    public static Contracts.Wire.V1.RiskDecision Message(Decision decision) =>
        Contracts.Wire.V1.RiskDecision.Parser.ParseFrom(FactsWire.Encode(decision));
}
