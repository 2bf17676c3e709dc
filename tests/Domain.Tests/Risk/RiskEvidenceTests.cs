using System.Text.Json;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using static BtcAgent.Domain.Tests.Risk.RiskFixture;

namespace BtcAgent.Domain.Tests.Risk;

/// <summary>A decision contains what is needed to reproduce it.</summary>
public sealed class RiskEvidenceTests
{
    private static readonly Serializer Codec =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    public static TheoryData<string> Ways => ["kept", "json", "orleans"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Evidence_OfAnEngineWithAHistory_DecidesTheSameAgain(string way)
    {
        var engine = Engine(new RiskLimits { MaxDrawdown = 0.5m, DailyLossLimit = 1, CoolDownMs = 0 });
        engine.Watch(UnknownHealth with { FeedStalenessMs = 1e6m }, OrderFixture.At(0));
        engine.Resume("tried", OrderFixture.At(0));
        engine.ChangeLimit(nameof(RiskLimits.MaxOrderNotional), 4_000, "op", "less", OrderFixture.At(0));
        AssertApproved(engine.Assess(Input(equity: 99_000)));
        var input = Input(SignalDirection.Flat, position: 0.7m, equity: 98_000, atMs: 3_000)
            with
        { OpenOrders = [Open(Side.Buy, "0.001", "far") with { Intent = Open(Side.Buy, "0.001", "far").Intent with { Instrument = InstrumentId.Parse("X:ETHUSDT") } }] };

        var decision = engine.Assess(input);
        AssertApproved(decision);
        var evidence = Travelled(way, decision.Evidence!);
        var again = evidence.ToEngine().Assess(evidence.ToInput(input.Signal, input.Sample));

        Assert.Equal(JsonSerializer.Serialize(decision), JsonSerializer.Serialize(again));
    }

    [Fact]
    public void Evidence_LimitsChangedAfterwards_KeepsThoseInForce()
    {
        var engine = Engine();
        engine.ChangeLimit(nameof(RiskLimits.MaxOrderNotional), 4_000, "op", "less", OrderFixture.At(0));
        var decision = engine.Assess(Input());
        engine.ChangeLimit(nameof(RiskLimits.MaxOrderNotional), 100, "op", "less", OrderFixture.At(1));

        Assert.Equal(4_000, decision.Evidence!.Limits.MaxOrderNotional);
        Assert.Empty(decision.Evidence.State.Changes);
    }

    [Theory]
    [InlineData("signal refused", RiskOutcome.Hold)]
    [InlineData("in place", RiskOutcome.Hold)]
    [InlineData("no quote", RiskOutcome.Rejected)]
    [InlineData("not armed", RiskOutcome.Rejected)]
    [InlineData("halted", RiskOutcome.Rejected)]
    [InlineData("day's loss", RiskOutcome.Rejected)]
    public void Evidence_OfADecisionWithoutAnOrder_DecidesTheSameAgain(string kind, RiskOutcome outcome)
    {
        var engine = Engine(new RiskLimits { CoolDownMs = 0, DailyLossLimit = 0.02m });
        AssertApproved(engine.Assess(Input()));
        if (kind == "halted")
        {
            engine.Halt("by hand", OrderFixture.At(500));
        }

        var input = Of(kind);
        var decision = engine.Assess(input);
        Assert.Equal(outcome, decision.Outcome);
        var evidence = Travelled("json", decision.Evidence!);
        var again = evidence.ToEngine().Assess(evidence.ToInput(input.Signal, input.Sample));

        Assert.Equal(JsonSerializer.Serialize(decision), JsonSerializer.Serialize(again));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Assess_WithoutAnOrderAndManyOpenOrders_KeepsNoEvidence(int more, bool isKept)
    {
        var input = Input() with { Armed = false };
        var orders = Enumerable.Range(0, RiskEvidence.EntriesMax - input.Portfolio.Positions.Length + more)
            .Select(i => Open(Side.Buy, "0.001", $"o{i}"));

        Assert.Equal(isKept, Engine().Assess(input with { OpenOrders = [.. orders] }).Evidence is not null);
    }

    private static RiskInput Of(string kind)
    {
        var input = Input(atMs: 1_000);
        return kind switch
        {
            "signal refused" => input with { Signal = input.Signal with { Refusals = [new SignalRefusal("LOW_CONFIDENCE", "0.1")] } },
            "in place" => Input(SignalDirection.Flat, atMs: 1_000),
            "no quote" => input with { Sample = input.Sample with { Quote = default } },
            "not armed" => input with { Armed = false },
            "day's loss" => Input(equity: 97_000, atMs: 1_000),
            _ => input,
        };
    }

    private static RiskEvidence Travelled(string way, RiskEvidence evidence) => way switch
    {
        "json" => JsonSerializer.Deserialize<RiskEvidence>(JsonSerializer.Serialize(evidence))!,
        "orleans" => Codec.Deserialize<RiskEvidence>(Codec.SerializeToArray(evidence))!,
        _ => evidence,
    };
}
