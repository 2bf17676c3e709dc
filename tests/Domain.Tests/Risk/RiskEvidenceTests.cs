using System.Text.Json;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using static BtcAgent.Domain.Tests.Risk.RiskFixture;

namespace BtcAgent.Domain.Tests.Risk;

/// <summary>An approved decision holds what it takes to make it again.</summary>
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
        engine.Watch(new SystemHealth { FeedStalenessMs = 1e6m }, OrderFixture.At(0));
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

    [Fact]
    public void Assess_NotApproved_KeepsNoEvidence()
    {
        Assert.Null(Engine().Assess(Input(SignalDirection.Flat)).Evidence);
        Assert.Null(Engine().Assess(Input() with { Armed = false }).Evidence);
    }

    private static RiskEvidence Travelled(string way, RiskEvidence evidence) => way switch
    {
        "json" => JsonSerializer.Deserialize<RiskEvidence>(JsonSerializer.Serialize(evidence))!,
        "orleans" => Codec.Deserialize<RiskEvidence>(Codec.SerializeToArray(evidence))!,
        _ => evidence,
    };
}
