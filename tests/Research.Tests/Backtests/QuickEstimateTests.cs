using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Training;
using CsCheck;

namespace BtcAgent.Research.Tests.Backtests;

public sealed class QuickEstimateTests
{
    /// <summary>Prices are rounded to 1e-8 by the ledger, quantities too: shares of what is traded here.</summary>
    private const double Rounding = 1e-7;

    [Fact]
    public void Returns_AnyPolicy_AreTheLedgersRoundTripsWithinTheStatedBound() =>
        Gen.Select(
            Gen.Double[-0.02, 0.02].Array[2, 80],
            Gen.Double[0, 1].Array[81],
            Gen.Bool.Array[81],
            Gen.Double[0, 0.9],
            Gen.Double[0, 1],
            Gen.Int[0, 50]).Sample((moves, chances, silent, entry, exitShare, costBps) =>
            {
                double[] minutes = [.. Enumerable.Range(0, moves.Length + 1)];
                var prices = new double[minutes.Length];
                prices[0] = 40_000;
                for (var i = 0; i < moves.Length; i++)
                {
                    prices[i + 1] = Math.Round(prices[i] * (1 + moves[i]), 6);
                }

                var data = Market.Rows(minutes, prices);
                double[] probabilities = [.. minutes.Select((_, i) => silent[i] && i % 5 == 0 && i < moves.Length ? double.NaN : chances[i])];
                var policy = new TradingPolicy(entry, entry * exitShare, 0, 0);
                var cost = costBps * 1e-4;

                var estimate = QuickEstimate.Returns(prices, probabilities, policy, costBps).Sum();
                var ledger = new PolicyBacktest(data, costBps, 0.1m).Run("policy", "moves", probabilities, _ => policy);

                var net = ledger.RoundTrips.Sum(trip => (double)(trip.NetPnl / (trip.Quantity * trip.EntryPrice)));
                var bound = ledger.RoundTrips.Sum(trip => Bound(Moved(trip), cost) + Rounding);
                Assert.True(Math.Abs(estimate - net) <= bound, $"estimate {estimate}, ledger {net}, bound {bound}, {ledger.RoundTrips.Length} round trips");
                Assert.Equal(ledger.InitialCash + ledger.RealizedPnl, ledger.FinalCash);

                double Moved(RoundTrip trip)
                {
                    var (from, to) = (Array.IndexOf(data.Times, trip.EntryTime), Array.IndexOf(data.Times, trip.ExitTime));
                    return Enumerable.Range(from, to - from).Sum(i => Math.Abs((prices[i + 1] / prices[i]) - 1));
                }
            }, iter: 2_000);

    [Theory]
    [InlineData(0.1, 0.0053)]
    [InlineData(0.01, 0.000061)]
    public void Bound_OfTheDocumentation_IsTheStatedShare(double moved, double share) => Assert.InRange(Bound(moved, 0.001), share / 2, share);

    [Fact]
    public void Returns_OneTripByHand_CountMoveAndCosts()
    {
        // Sure at the first row, unsure from the second on: in at row 1, out at row 2.
        var returns = QuickEstimate.Returns([100, 100, 110, 90], [1, 0.5, 0.5, 0.5], new TradingPolicy(0.5, 0.5, 0, 0), costBps: 10);

        Assert.Equal([0, 0.1 - 0.001, -0.001, 0], returns.Select(r => Math.Round(r, 12)));
    }

    [Fact]
    public void Returns_PricesOfOtherRows_AreRefused() =>
        Assert.Throws<ArgumentException>(() => QuickEstimate.Returns([1, 2], [0.5], new TradingPolicy(0, 0, 0, 0), 1));

    private static double Bound(double moved, double cost) => Math.Exp(moved) - 1 - moved + (cost * (Math.Exp(moved) - 1));
}
