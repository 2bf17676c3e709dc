using BtcAgent.Research.Experiments;

namespace BtcAgent.Research.Tests.Experiments;

public sealed class SimulatedProfitsTests
{
    [Fact]
    public void ChampionDays_ManyDays_HaveTheStatedMoments()
    {
        const int count = 200_000;
        var profits = new SimulatedProfits();
        var days = new ChampionDays(profits, ProfitRandom.Of(1, 2, 3, 4));
        var (values, shocks) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            days.Next();
            (values[i], shocks[i]) = (days.Pnl, days.Shock);
        }

        var (mean, deviation) = (values.Average(), Math.Sqrt(values.Select(v => v * v).Average()));
        Assert.Equal(profits.Volatility, deviation, 0.001);
        Assert.Equal(1, mean / deviation * Math.Sqrt(365), 0.15);
        Assert.Equal(profits.Autocorrelation, shocks.Skip(1).Zip(shocks, (now, before) => now * before).Average() / shocks.Select(s => s * s).Average(), 0.02);
        Assert.True(values.Select(v => Math.Pow(v / deviation, 4)).Average() > 6, "tails are not heavy");
    }

    [Fact]
    public void ProfitRandom_Normal_HasTheStatedMoments()
    {
        var random = ProfitRandom.Of(1, 1, 1, 1);
        double[] values = [.. Enumerable.Range(0, 200_000).Select(_ => random.Normal())];

        Assert.Equal(0, values.Average(), 0.01);
        Assert.Equal(1, values.Select(v => v * v).Average(), 0.02);
        Assert.Equal(3, values.Select(v => Math.Pow(v, 4)).Average(), 0.15);
    }
}
