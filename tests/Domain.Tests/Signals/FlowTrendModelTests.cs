using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Domain.Tests.Risk;

namespace BtcAgent.Domain.Tests.Signals;

public sealed class FlowTrendModelTests
{
    private static readonly FeatureSchema Schema = FeatureSchema.Create(new FeatureOptions());

    [Theory]
    [InlineData(0.5, 3, 1, SignalDirection.Long)]
    [InlineData(0.3, 1.8, 0.6, SignalDirection.Long)]
    [InlineData(0.29, 1.8, 0.59, SignalDirection.Flat)]
    [InlineData(-0.5, -9, -1, SignalDirection.Short)]
    [InlineData(0.5, -3, 0, SignalDirection.Flat)]
    public void Score_FlowAndReturnInDeviations_AreAveraged(float flow, double deviations, double score, SignalDirection direction)
    {
        var scored = Model().Score(Sample(flow, deviations));

        Assert.Equal(direction, scored.Direction);
        Assert.Equal(score, scored.Score, 6);
    }

    [Fact]
    public void Score_BetweenExitAndEntry_KeepsThePosition()
    {
        var model = Model();
        Assert.Equal(SignalDirection.Flat, model.Score(Sample(0.2f, 1.2)).Direction);
        model.Score(Sample(0.5f, 3));
        Assert.Equal(SignalDirection.Long, model.Score(Sample(0.2f, 1.2)).Direction);
        Assert.Equal(SignalDirection.Flat, model.Score(Sample(0.05f, 0.3)).Direction);
    }

    [Fact]
    public void Score_PositionsThatEarnNothing_LowerTheExpectedMoveBelowTheCost()
    {
        var model = Model();
        var first = model.Score(Sample(0.5f, 3)).ExpectedMoveBps;
        for (var i = 0; i < 20; i++)
        {
            model.Score(Sample(0, 0));
            model.Score(Sample(0.5f, 3));
        }

        Assert.Equal(35, first);
        Assert.Equal(35 * Math.Pow(0.95, 20), model.Score(Sample(0.5f, 3)).ExpectedMoveBps, 6);
    }

    [Fact]
    public void Score_ShortPositionAndFallingPrice_CountsAsGain()
    {
        var model = Model();
        model.Score(Sample(-0.5f, -3, "49999", "50001"));
        model.Score(Sample(0, 0, "49499", "49501"));

        Assert.Equal(35 + (0.05 * (100 - 35)), model.Score(Sample(-0.5f, -3)).ExpectedMoveBps, 6);
    }

    [Fact]
    public void Score_UnknownFlow_IsNotReadyAndWantsNoPosition()
    {
        var scored = Model().Score(Sample(float.NaN, 3));

        Assert.Equal(SignalDirection.Flat, scored.Direction);
        Assert.Contains("120 s", scored.NotReady, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateById_OwnId_GivesTheSameModel() =>
        Assert.Equal("flow-trend(0.6,0.2,35)", StrategyCatalog.BuiltIn.CreateById(Model().Id, Schema).Id);

    [Theory]
    [InlineData(0.2, 0.2, 35)]
    [InlineData(1.1, 0.2, 35)]
    [InlineData(0.6, -0.1, 35)]
    [InlineData(0.6, 0.2, double.NaN)]
    public void Constructor_ImpossibleParameters_Throws(double entry, double exit, double move) =>
        Assert.Throws<ArgumentException>(() => new FlowTrendModel(Schema, entry, exit, move));

    private static FlowTrendModel Model() => new(Schema, 0.6, 0.2, 35);

    private static FeatureSample Sample(float flow, double deviations, string bid = "49999", string ask = "50001")
    {
        var values = new float[Schema.Count];
        values[Schema.IndexOf("tfi_60s")] = flow;
        values[Schema.IndexOf("realized_vol_120s")] = 1;
        values[Schema.IndexOf("mid_return_30s")] = (float)(deviations * Math.Sqrt(30));
        return RiskFixture.Sample() with { Values = [.. values], Quote = RiskFixture.QuoteOf(bid, ask) };
    }
}
