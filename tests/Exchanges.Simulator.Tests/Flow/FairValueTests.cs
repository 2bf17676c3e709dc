using BtcAgent.Exchanges.Simulator.Flow;

namespace BtcAgent.Exchanges.Simulator.Tests.Flow;

/// <summary>The figures of docs/embedded-market.md, from the fair value alone.</summary>
public sealed class FairValueTests
{
    [Fact]
    public void Move_ParentOrders_LastAsDocumentedWithAParetoTail()
    {
        var (value, durations, seconds) = (Open(1), new List<double>(), 0);
        MarketRegime? before = null;
        for (var i = 0; i < 2_000_000; i++)
        {
            value.Move(1);
            if (value.Regime == before)
            {
                seconds++;
                continue;
            }

            if (before is { IsParentOrder: true })
            {
                durations.Add(seconds);
            }

            (before, seconds) = (value.Regime, 1);
        }

        // E = 60 + 60^1.5 · 2 · (60^−0.5 − 900^−0.5); P(longer than 240 s) = (60 ÷ 240)^1.5.
        Assert.InRange(durations.Average(), 142, 156);
        Assert.InRange(durations.Count(d => d > 240) / (double)durations.Count, 0.115, 0.135);
        Assert.InRange(durations.Max(), 890, 901);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Move_ThirtyDays_StaysInAPlausibleRange(ulong seed)
    {
        var value = Open(seed);
        for (var i = 0; i < 30 * 86_400; i++)
        {
            value.Move(1);
            Assert.InRange(value.Price, 60_000 * 0.5, 60_000 * 2);
        }
    }

    [Fact]
    public void Move_SameSeed_SamePath()
    {
        Assert.Equal(Path(5), Path(5));
        Assert.NotEqual(Path(5), Path(6));
    }

    [Fact]
    public void Move_WhileAParentOrderBuys_TheValueRises()
    {
        var (value, moves) = (Open(4), new Dictionary<MarketRegime, (double Bps, int Seconds)>());
        for (var i = 0; i < 500_000; i++)
        {
            var from = value.Price;
            value.Move(1);
            var (bps, seconds) = moves.GetValueOrDefault(value.Regime);
            moves[value.Regime] = (bps + (1e4 * Math.Log(value.Price / from)), seconds + 1);
        }

        Assert.InRange(moves[MarketRegime.Buying].Bps / moves[MarketRegime.Buying].Seconds, 0.28, 0.31);
        Assert.InRange(moves[MarketRegime.Selling].Bps / moves[MarketRegime.Selling].Seconds, -0.31, -0.28);
        Assert.InRange(moves[MarketRegime.Quiet].Bps / moves[MarketRegime.Quiet].Seconds, -0.03, 0.03);
    }

    private static FairValue Open(ulong seed) => new(new SeededRandom(seed), 60_000);

    private static double[] Path(ulong seed)
    {
        var value = Open(seed);
        return [.. Enumerable.Range(0, 1_000).Select(_ =>
        {
            value.Move(0.1);
            return value.Price;
        })];
    }
}
