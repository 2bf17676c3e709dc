using System.Collections.Immutable;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Training;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Tests.Training;

/// <summary>Rows that the model was not trained on decide at which confidence it trades.</summary>
public sealed class EntryChoiceTests
{
    private const double CostBps = 10;
    private const double NeverEnter = 2;

    /// <summary>
    /// Ten rows in a hundred are confident (0.4) and earn 40 bps each before costs. The others lean to the long side by 0.04, and
    /// the price happens to rise far, unsteadily: who is always in the market earns more, by luck.
    /// </summary>
    [Fact]
    public void Choose_AlwaysInTheMarketEarnsMoreByLuck_TakesTheSteadyThreshold()
    {
        var random = new Random(7);
        var (returns, probabilities) = (new double[20_000], new double[20_000]);
        for (var i = 0; i < returns.Length; i++)
        {
            var isSignal = i % 100 is >= 50 and < 60;
            probabilities[i] = isSignal ? 0.7 : 0.52;
            returns[i] = (isSignal ? 4e-4 : 5e-5) + ((random.NextDouble() - 0.5) * (isSignal ? 1e-3 : 2e-2));
        }

        Assert.InRange(Choose(returns, probabilities).EntryConfidence, 0.3, 0.4001);
    }

    /// <summary>
    /// One row in thirteen carries a signal, with confidences from 0.08 to 0.6. A threshold at a tenth of the rows is below the
    /// signal, one at a twentieth amid it, where positions are opened late and closed early.
    /// </summary>
    [Fact]
    public void Choose_ShareOfSignalsBetweenATenthAndATwentieth_FindsItsEdge()
    {
        var random = new Random(11);
        var (returns, probabilities) = (new double[39_000], new double[39_000]);
        for (var i = 0; i < returns.Length; i++)
        {
            var isSignal = i % 390 < 30;
            var side = i / 390 % 2 == 0 ? 1 : -1;
            var confidence = isSignal ? 0.08 + (0.52 * random.NextDouble()) : 0.05 * random.NextDouble();
            probabilities[i] = 0.5 + (0.5 * (isSignal ? side : (random.Next(2) * 2) - 1) * confidence);
            returns[i] = (isSignal ? side * 1.3e-4 : 0) + ((random.NextDouble() - 0.5) * 1e-3);
        }

        Assert.InRange(Choose(returns, probabilities).EntryConfidence, 0.05, 0.2);
    }

    /// <summary>
    /// Without costs some candidate gains on every history of noise. Only one that gains more than the best of them would by luck is
    /// taken, so most are not.
    /// </summary>
    [Fact]
    public void Choose_NoiseWithoutCosts_SeldomEnters()
    {
        var entered = Enumerable.Range(0, 60).Count(seed =>
        {
            var random = new Random(seed);
            var returns = Enumerable.Range(0, 2_000).Select(_ => (random.NextDouble() - 0.5) * 1e-3).ToArray();
            return Choose(returns, [.. returns.Select(_ => random.NextDouble())], costBps: 0).EntryConfidence < NeverEnter;
        });

        Assert.InRange(entered, 1, 36);
    }

    [Fact]
    public void Choose_NothingEarnsItsCost_NeverEnters()
    {
        var random = new Random(3);
        var returns = Enumerable.Range(0, 5_000).Select(_ => (random.NextDouble() - 0.5) * 1e-3).ToArray();
        var probabilities = returns.Select(_ => random.NextDouble()).ToArray();

        Assert.Equal(NeverEnter, Choose(returns, probabilities).EntryConfidence);
    }

    /// <summary>A constant score holds one side from the first row to the last: the market's profit, not the model's.</summary>
    [Fact]
    public void Choose_ScoreIsConstantAndTheMarketRises_NeverEnters()
    {
        var returns = Enumerable.Repeat(1e-4, 5_000).Select((r, i) => i % 2 == 0 ? 3 * r : -r).ToArray();
        var probabilities = Enumerable.Repeat(0.53, 5_000).ToArray();
        probabilities[7] = double.NaN;

        Assert.Equal(NeverEnter, Choose(returns, probabilities).EntryConfidence);
    }

    /// <summary>The folds' curves may tell rows apart while the curve over all of them, which is served, is constant.</summary>
    [Fact]
    public void Choose_ServedCurveIsConstant_NeverEnters()
    {
        double[] returns = [.. Enumerable.Range(0, 1_000).Select(i => i % 100 < 50 ? 1e-3 : -1e-3)];
        double[] probabilities = [.. returns.Select(r => r > 0 ? 0.7 : 0.3)];

        Assert.InRange(Choose(returns, probabilities).EntryConfidence, 0, 1);
        Assert.Equal(NeverEnter, Choose(returns, probabilities, [.. returns.Select(_ => 0.5)]).EntryConfidence);
    }

    [Fact]
    public void Thresholds_FromHalfOfTheRowsDown_MissNoShareByMoreThanTheRootOfTwo()
    {
        double[] probabilities = [.. Enumerable.Range(0, 10_000).Select(i => 0.5 + (i / 20_000.0))];

        var shares = EntryChoice.Thresholds(probabilities)!.Select(c => 1 - c).ToArray();

        Assert.InRange(shares[0], 0.49, 0.51);
        Assert.InRange(shares[^1], 0.005, 0.008);
        Assert.All(shares.Zip(shares.Skip(1)), s => Assert.InRange(s.First / s.Second, 1, 1.45));
    }

    private static TradingPolicy Choose(double[] returns, double[] probabilities, double[]? served = null, double costBps = CostBps)
    {
        var prices = new double[returns.Length];
        for (var (i, price) = (0, 40_000.0); i < prices.Length; i++)
        {
            // A position that a row decides is held from the next row on.
            prices[i] = price;
            price *= 1 + returns[i];
        }

        var times = Enumerable.Range(1, prices.Length).Select(i => Market.At(i)).ToArray();
        var data = new FeatureDataset(
            Market.Btc, 1, ImmutableArray.Create("signal"), times, prices, new float[prices.Length]);
        return EntryChoice.Choose(
            data,
            [CalibratedBlock.Of(new RowRange(0, prices.Length), probabilities, probabilities)],
            served ?? probabilities,
            costBps,
            20,
            1);
    }
}
