using System.Text.Json;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Tests.Orders;
using BtcAgent.Domain.Tests.Risk;
using static BtcAgent.Domain.Signals.SignalDirection;

namespace BtcAgent.Domain.Tests.Signals;

/// <summary>Each refusal just before and just past its limit.</summary>
public sealed class SignalEngineTests
{
    private readonly ScriptedModel _model = new();

    [Fact]
    public void Evaluate_GoodScore_IsValidAndCarriesTheModel()
    {
        var signal = Engine().Evaluate(RiskFixture.Sample());

        Assert.True(signal.IsValid);
        Assert.Equal(("s", "scripted", "hash", Long), (signal.Strategy, signal.ModelId, signal.ModelHash, signal.Direction));
        Assert.Equal((OrderFixture.Btc, OrderFixture.At(0)), (signal.Instrument, signal.EventTime));
    }

    [Fact]
    public void Evaluate_ClosedBars_AreGivenToTheModel()
    {
        Engine().Evaluate(RiskFixture.Sample() with { ClosedBars = [default, default] });

        Assert.Equal(2, _model.Bars);
    }

    [Fact]
    public void Evaluate_ModelExchanged_SaysSinceWhenItRemembers()
    {
        var engine = Engine();
        engine.Evaluate(RiskFixture.Sample(1_000));
        Assert.Equal(OrderFixture.At(1_000), engine.Evaluate(RiskFixture.Sample(2_000)).ModelSince);
        engine.Replace(new ScriptedModel());
        Assert.Equal(OrderFixture.At(3_000), engine.Evaluate(RiskFixture.Sample(3_000)).ModelSince);
    }

    [Fact]
    public void Evaluate_OtherSchema_IsRefused()
    {
        var engine = Engine();
        AssertCodes(engine, RiskFixture.Sample());
        AssertCodes(engine, RiskFixture.Sample() with { SchemaHash = 2 }, "SCHEMA_MISMATCH");
        AssertCodes(engine, RiskFixture.Sample());
    }

    [Fact]
    public void Evaluate_ModelWarmingUp_IsRefusedForThatAlone()
    {
        _model.Next = ModelScore.WarmingUp("3 of 5");

        var refusal = Assert.Single(Engine().Evaluate(RiskFixture.Sample()).Refusals);

        Assert.Equal(new SignalRefusal("MODEL_NOT_READY", "3 of 5"), refusal);
    }

    [Fact]
    public void Evaluate_ColdFeatures_AreRefusedOnlyWhenWarmthIsRequired()
    {
        var cold = RiskFixture.Sample() with { IsWarm = false };
        AssertCodes(Engine(), cold);
        AssertCodes(Engine(new SignalOptions { RequireWarm = true }), cold, "NOT_WARM");
        AssertCodes(Engine(new SignalOptions { RequireWarm = true }), RiskFixture.Sample());
    }

    [Fact]
    public void Evaluate_BookNotInSync_IsRefused() =>
        AssertCodes(Engine(), RiskFixture.Sample() with { BookInSync = false }, "BOOK_NOT_IN_SYNC");

    [Theory]
    [InlineData(5_000)]
    [InlineData(5_001, "STALE_DATA")]
    public void Evaluate_OldData_IsRefused(double ageMs, params string[] codes) =>
        AssertCodes(Engine(), RiskFixture.Sample(ageMs) with { LastEventTime = OrderFixture.At(0) }, codes);

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.NaN)]
    public void Evaluate_NoNumber_IsRefused(double score, double confidence)
    {
        _model.Next = new(Long, score, confidence, double.NaN);
        AssertCodes(Engine(), RiskFixture.Sample(), "NON_FINITE_SCORE");
    }

    [Theory]
    [InlineData(Long, 0.25)]
    [InlineData(Long, 0.2499, "LOW_CONFIDENCE")]
    [InlineData(Flat, 0)]
    public void Evaluate_Confidence_IsRefusedBelowTheLimit(SignalDirection direction, double confidence, params string[] codes)
    {
        _model.Next = new(direction, 1, confidence, double.NaN);
        AssertCodes(Engine(new SignalOptions { MinConfidence = 0.25 }), RiskFixture.Sample(), codes);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(double.NaN)]
    [InlineData(2.99, "EDGE_BELOW_COST")]
    [InlineData(double.NegativeInfinity, "EDGE_BELOW_COST")]
    public void Evaluate_ExpectedMove_IsRefusedBelowCostsAndEdge(double move, params string[] codes)
    {
        _model.Next = new(Short, 1, 1, move);
        AssertCodes(Engine(new SignalOptions { RoundTripCostBps = 3 }), RiskFixture.Sample(), codes);
        AssertCodes(Engine(new SignalOptions { MinEdgeBps = 3 }), RiskFixture.Sample(), codes);
        AssertCodes(Engine(new SignalOptions { RoundTripCostBps = 1, MinEdgeBps = 2 }), RiskFixture.Sample(), codes);
    }

    [Fact]
    public void Evaluate_FlatWithoutEdge_IsValid()
    {
        _model.Next = new(Flat, 0, 0, 0);
        AssertCodes(Engine(new SignalOptions { RoundTripCostBps = 10 }), RiskFixture.Sample());
    }

    [Theory]
    [InlineData(Long)]
    [InlineData(Flat)]
    public void Evaluate_OutOfDistribution_IsRefusedWithTheFeatures(SignalDirection direction)
    {
        _model.Next = new(direction, 1, 1, double.NaN, OutOfDistribution: "spread_bps 90 above 12");

        var refusal = Assert.Single(Engine().Evaluate(RiskFixture.Sample()).Refusals);

        Assert.Equal(new SignalRefusal("OUT_OF_DISTRIBUTION", "spread_bps 90 above 12"), refusal);
    }

    [Fact]
    public void Replace_WithinCoolDown_ScoresWithTheNextModelAndKeepsTheCoolDown()
    {
        var engine = Engine();
        AssertCodes(engine, RiskFixture.Sample());
        var next = new ScriptedModel { Next = new(Short, -1, 1, double.NaN) };

        Assert.Same(_model, engine.Replace(next));

        AssertCodes(engine, RiskFixture.Sample(1_999), "COOL_DOWN");
        AssertCodes(engine, RiskFixture.Sample(2_000));
        Assert.Same(next, engine.Model);
    }

    [Fact]
    public void Evaluate_AbsentModel_IsNotReadyForItsReason()
    {
        var engine = new SignalEngine(OrderFixture.Btc, "s", new AbsentModel("no champion yet"), new());

        var signal = engine.Evaluate(RiskFixture.Sample() with { ClosedBars = [default] });

        Assert.Equal([new SignalRefusal("MODEL_NOT_READY", "no champion yet")], signal.Refusals);
        Assert.Equal("none", signal.ModelId);
    }

    [Fact]
    public void Evaluate_ReversalWithinCoolDown_IsRefusedUntilItIsOver()
    {
        var engine = Engine();
        AssertCodes(engine, RiskFixture.Sample());
        _model.Next = new(Short, -1, 1, double.NaN);
        AssertCodes(engine, RiskFixture.Sample(1_999), "COOL_DOWN");
        AssertCodes(engine, RiskFixture.Sample(2_000));
        _model.Next = new(Flat, 0, 0, double.NaN);
        AssertCodes(engine, RiskFixture.Sample(2_001));
    }

    [Fact]
    public void Gate_ReadBackFromJson_RefusesTheSameAgain()
    {
        var engine = Engine(new SignalOptions { MinConfidence = 0.25, MinEdgeBps = 3, CoolDownMs = 2_000 });
        engine.Evaluate(RiskFixture.Sample());
        _model.Next = new(Short, -1, 0.1, 2, OutOfDistribution: "spread_bps 90 above 12");
        var sample = RiskFixture.Sample(1_999) with { SchemaHash = 2, BookInSync = false };
        var signal = engine.Evaluate(sample);

        var gate = JsonSerializer.Deserialize<SignalGate>(JsonSerializer.Serialize(signal.Gate))!;

        Assert.Equal(
            ["SCHEMA_MISMATCH", "BOOK_NOT_IN_SYNC", "OUT_OF_DISTRIBUTION", "LOW_CONFIDENCE", "EDGE_BELOW_COST", "COOL_DOWN"],
            signal.Refusals.Select(r => r.Code));
        Assert.Equal(signal.Refusals, gate.Judge(sample, _model.Next));
        Assert.Equal(2, signal.ModelSamples);
    }

    private static void AssertCodes(SignalEngine engine, FeatureSample sample, params string[] codes) =>
        Assert.Equal(codes, engine.Evaluate(sample).Refusals.Select(r => r.Code));

    private SignalEngine Engine(SignalOptions? options = null) => new(OrderFixture.Btc, "s", _model, options ?? new());

    private sealed class ScriptedModel : ISignalModel
    {
        public ModelScore Next { get; set; } = new(Long, 1, 1, double.NaN);

        public int Bars { get; private set; }

        public string Id => "scripted";

        public string Hash => "hash";

        public Timestamp TrainedTo { get; init; } = Timestamp.FromUnixMilliseconds(86_400_000);

        public void OnBar(in Bar bar) => Bars++;

        public ModelScore Score(FeatureSample sample) => Next;
    }
}
