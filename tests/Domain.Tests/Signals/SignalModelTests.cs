using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Domain.Tests.Risk;
using static BtcAgent.Domain.Signals.SignalDirection;

namespace BtcAgent.Domain.Tests.Signals;

public sealed class SignalModelTests
{
    private static readonly FeatureSchema Schema = FeatureSchema.Create(new FeatureOptions());

    [Fact]
    public void EmaCross_RandomBars_FollowsTheDefinition()
    {
        var model = new EmaCrossModel(3, 7);
        var random = new Random(5);
        double fast = 0, slow = 0;
        SignalDirection? wanted = null;
        for (var i = 1; i <= 500; i++)
        {
            var close = 50_000m + random.Next(-500, 500);
            var flat = random.Next(4) == 0;
            model.OnBar(BarAt(close, flat));
            fast = i == 1 ? (double)close : fast + (2.0 / 4 * ((double)close - fast));
            slow = i == 1 ? (double)close : slow + (2.0 / 8 * ((double)close - slow));
            wanted = i < 7 || flat ? wanted : fast >= slow ? Long : Short;

            var score = model.Score(RiskFixture.Sample());
            Assert.Equal(wanted is null, score.NotReady is not null);
            if (wanted is not null)
            {
                Assert.Equal(wanted, score.Direction);
                Assert.Equal(1e4 * (fast - slow) / slow, score.Score, 9);
            }
        }
    }

    [Fact]
    public void EmaCross_BarWithoutRange_MovesTheAveragesAndTriggersNothing()
    {
        var model = new EmaCrossModel(1, 2);
        model.OnBar(BarAt(100, flat: false));
        model.OnBar(BarAt(101, flat: false));
        model.OnBar(BarAt(90, flat: true));

        var held = model.Score(RiskFixture.Sample());
        Assert.Equal((Long, 0.0), (held.Direction, held.Confidence));
        Assert.True(held.Score < 0);

        // From 90 the price rises, but without the bar at 90 the averages would still have crossed downwards.
        model.OnBar(BarAt(94, flat: false));
        Assert.Equal(Long, model.Score(RiskFixture.Sample()).Direction);
    }

    [Fact]
    public void EmaCross_SlowAverageFullAtABarWithoutRange_DecidesAtTheNextBarWithOne()
    {
        var model = new EmaCrossModel(1, 2);
        model.OnBar(BarAt(100, flat: false));
        model.OnBar(BarAt(101, flat: true));
        Assert.NotNull(model.Score(RiskFixture.Sample()).NotReady);

        model.OnBar(BarAt(102, flat: false));
        Assert.Equal(Long, model.Score(RiskFixture.Sample()).Direction);
    }

    [Fact]
    public void EmaCross_EqualAverages_IsLong()
    {
        var model = new EmaCrossModel(1, 2);
        model.OnBar(BarAt(100, flat: false));
        model.OnBar(BarAt(100, flat: false));

        Assert.Equal((Long, 0.0), (model.Score(RiskFixture.Sample()).Direction, model.Score(RiskFixture.Sample()).Score));
    }

    [Fact]
    public void FlowMomentum_ScoreRisesAndFalls_EntersAndLeavesAtItsThresholds()
    {
        var model = new FlowMomentumModel(Schema, 0.5, 0.25);
        (double Score, SignalDirection Expected)[] steps =
        [
            (0.4375, Flat), (0.5, Long), (0.25, Long), (0.1875, Flat), (0.4375, Flat), (-0.5, Short), (-0.25, Short),
            (0.4375, Flat), (0.75, Long), (-0.75, Short), (0, Flat),
        ];
        foreach (var (score, expected) in steps)
        {
            var actual = model.Score(Flows((float)score, (float)score, 0));
            Assert.Equal((expected, score), (actual.Direction, actual.Score));
            Assert.Equal(Math.Min(1, Math.Abs(score)), actual.Confidence);
        }
    }

    [Fact]
    public void FlowMomentum_TrendOfTenBps_CountsOne()
    {
        var score = new FlowMomentumModel(Schema, 0.5, 0.25).Score(Flows(0.5f, 0.25f, 10)).Score;

        Assert.Equal(1.375, score, 12);
    }

    [Theory]
    [InlineData(float.NaN, 0, 0)]
    [InlineData(0, float.NaN, 0)]
    [InlineData(0, 0, float.NaN)]
    public void FlowMomentum_UnknownFeature_IsNotReady(float orderFlow, float tradeFlow, float trend) =>
        Assert.NotNull(new FlowMomentumModel(Schema, 0.5, 0.25).Score(Flows(orderFlow, tradeFlow, trend)).NotReady);

    [Fact]
    public void Create_Defaults_GivesTheModel()
    {
        Assert.Equal("ema-cross(10,20)", StrategyCatalog.BuiltIn.Create("ema-cross", Of(), Schema).Id);
        Assert.Equal("flow-momentum(0.4,0.1)", StrategyCatalog.BuiltIn.Create("flow-momentum", Of(), Schema).Hash);
    }

    [Fact]
    public void Create_UnknownModel_ListsTheKnown()
    {
        var error = Assert.Throws<ArgumentException>(() => StrategyCatalog.BuiltIn.Create("magic", Of(), Schema));

        Assert.Contains("ema-cross, flow-momentum, flow-trend, lightgbm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_TrainedModel_IsTheRegistrysPart()
    {
        var error = Assert.Throws<ArgumentException>(() => StrategyCatalog.BuiltIn.Create(SignalModels.Trained, Of(), Schema));

        Assert.Contains("registry", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ema-cross(10,20)", true)]
    [InlineData("flow-momentum(0.4,0.1)", true)]
    [InlineData("ema-cross-3f9a0c11d2e4", false)]
    [InlineData("none", false)]
    public void IsRule_Id_TellsRulesFromTrainedModels(string id, bool isRule) => Assert.Equal(isRule, StrategyCatalog.IsRule(id));

    [Theory]
    [InlineData("ema-cross", "speed", 1)]
    [InlineData("ema-cross", "fast", 0)]
    [InlineData("ema-cross", "fast", 1.5)]
    [InlineData("ema-cross", "fast", 20)]
    [InlineData("ema-cross", "slow", double.NaN)]
    [InlineData("ema-cross", "slow", 100_001)]
    [InlineData("flow-momentum", "fast", 1)]
    [InlineData("flow-momentum", "entry", 0.1)]
    [InlineData("flow-momentum", "entry", double.PositiveInfinity)]
    [InlineData("flow-momentum", "exit", -0.1)]
    [InlineData("flow-momentum", "exit", double.NaN)]
    public void Create_BadParameter_NamesIt(string model, string parameter, double value)
    {
        var error = Assert.Throws<ArgumentException>(() => StrategyCatalog.BuiltIn.Create(model, Of((parameter, value)), Schema));

        Assert.Contains(parameter, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ema-cross(3,7)")]
    [InlineData("flow-momentum(0.4,0.1)")]
    [InlineData("flow-momentum(0.30000000000000004,1E-05)")]
    [InlineData("none")]
    public void CreateRule_IdOfARule_GivesOneThatSignsTheSame(string id) => Assert.Equal(id, StrategyCatalog.BuiltIn.CreateById(id, Schema).Id);

    [Theory]
    [InlineData("trend-1234(3)")]
    [InlineData("ema-cross")]
    [InlineData("ema-cross(3)")]
    [InlineData("ema-cross(3,x)")]
    [InlineData("ema-cross(7,3)")]
    public void CreateRule_AnyOther_IsRefused(string id) =>
        Assert.Throws<ArgumentException>(() => StrategyCatalog.BuiltIn.CreateById(id, Schema));

    private static Dictionary<string, double> Of(params (string Name, double Value)[] parameters) =>
        parameters.ToDictionary(p => p.Name, p => p.Value);

    private static FeatureSample Flows(float orderFlow, float tradeFlow, float trend)
    {
        var values = new float[Schema.Count];
        values[Schema.IndexOf("ofi_15s")] = orderFlow;
        values[Schema.IndexOf("tfi_15s")] = tradeFlow;
        values[Schema.IndexOf("ema_distance_10")] = trend;
        return RiskFixture.Sample() with { Values = [.. values] };
    }

    private static Bar BarAt(decimal close, bool flat)
    {
        var price = Price.FromDecimal(close);
        var high = flat ? price : Price.FromDecimal(close + 1);
        return new Bar(default, TimeSpan.FromSeconds(1), price, high, price, price, default, default, 0, 0);
    }
}
