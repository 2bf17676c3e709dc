using BtcAgent.Domain.Features;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Tests.Orders;
using static BtcAgent.Domain.Tests.Risk.RiskFixture;

namespace BtcAgent.Domain.Tests.Risk;

/// <summary>The rules on the agent's condition use only values of the sample and the signal.</summary>
public sealed class MarketConditionsTests
{
    [Theory]
    [InlineData(7_000.25, 7_000.25)]
    [InlineData(-7_000.25, 7_000.25)]
    [InlineData(null, null)]
    public void Of_ClockSkew_IsTheSamplesEitherWay(double? measured, double? expected) => Assert.Equal(
        (decimal?)expected, Of(Sample() with { ClockSkewMs = measured }).ClockSkewMs);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(6_000.5, 6_000.5)]
    [InlineData(-3_000, 0)]
    public void Of_FeedLatency_IsFromTheNewestVenueTimeToItsReceipt(double behindMs, double expected) => Assert.Equal(
        (decimal)expected, Of(Sample() with { ReceiveTime = OrderFixture.At(behindMs) }).FeedLatencyMs);

    [Fact]
    public void Of_TimesThatNobodyNoted_AreUnknown()
    {
        Assert.Null(Of(Sample() with { ReceiveTime = Timestamp.Unknown }).FeedLatencyMs);
        Assert.Null(Of(Sample() with { LastEventTime = Timestamp.Unknown }).FeedLatencyMs);
        Assert.Null(Of(Sample()).ModelAgeDays);
        Assert.Null(Of(Sample()).FeaturesOutOfRange);
    }

    [Fact]
    public void Of_TrainedModel_AgeIsEventTimeSinceItsNewestData()
    {
        var signal = Input(atMs: 0).Signal with { ModelTrainedTo = OrderFixture.At(-31 * 86_400_000.0), FeaturesOutOfRange = 4 };
        var conditions = MarketConditions.Of(signal, Sample(), isKnownInstrument: false);
        Assert.Equal(31, conditions.ModelAgeDays);
        Assert.Equal(4, conditions.FeaturesOutOfRange);
        Assert.False(conditions.IsKnownInstrument);
    }

    private static MarketConditions Of(FeatureSample sample) => MarketConditions.Of(Input().Signal, sample, isKnownInstrument: true);
}
