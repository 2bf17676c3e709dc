using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Training;

namespace BtcAgent.Research.Tests.Training;

public sealed class PositionMovesTests
{
    private static readonly TradingPolicy Policy = new(EntryConfidence: 0.5, ExitConfidence: 0.25, MeanMoveBps: 0, OutOfRangeMax: 0);

    [Fact]
    public void PerConfidence_LongAndShort_AveragesMovesOverConfidence()
    {
        // Long at 100 (decided one row earlier with confidence 0.8), left at 101; short at 101 with confidence 0.6, left at 99.99.
        double[] prices = [100, 100, 100.5, 101, 101, 100, 99.99, 99.99];
        double[] probabilities = [0.9, 0.9, 0.5, 0.2, 0.2, 0.5, 0.5, 0.5];

        Assert.Equal((100 + 100) / (0.8 + 0.6), PositionMoves.PerConfidence(prices, probabilities, Policy)!.Value, 6);
    }

    [Fact]
    public void PerConfidence_LosingPositions_ExpectsNothing() =>
        Assert.Equal(0, PositionMoves.PerConfidence([100, 100, 99, 99], [0.9, 0.5, 0.5, 0.5], Policy));

    [Fact]
    public void PerConfidence_TinyConfidence_StaysWithinTheLimitsOfAnArtefact() => Assert.Equal(
        TradingPolicy.MoveBpsMax,
        PositionMoves.PerConfidence([100, 100, 110, 110], [0.5001, 0.4999, 0.4999, 0.4999], Policy with { EntryConfidence = 0, ExitConfidence = 0 }));

    [Fact]
    public void PerConfidence_NoPositionClosed_IsUnknown() =>
        Assert.Null(PositionMoves.PerConfidence([100, 100, 99], [0.5, 0.9, double.NaN], Policy with { EntryConfidence = 2 }));
}
