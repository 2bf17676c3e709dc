namespace BtcAgent.Chaos.Tests.Soak;

/// <summary>The soak of <c>eng/soak</c>; its evaluation is always tested.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Soak_PagesOpen_HeapIsFlatAfterWarmUp()
    {
        if (SoakOptions.FromEnvironment() is not { } options)
        {
            Assert.Skip("takes hours: start eng/soak");
            return;
        }

        var result = await new SoakRun(options, Report).RunAsync(TestContext.Current.CancellationToken);
        Report($"heap {result.HeapMiBPerHour:F2} MiB an hour, resident {result.ResidentMiBPerHour:F2} MiB an hour, after {result.WarmUpMinutes:F0} min of warm-up");
        Assert.True(result.IsFlat, $"the live heap grows by {result.HeapMiBPerHour:F2} MiB an hour, more than {SoakResult.GrowthMax}");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.5, true)]
    [InlineData(138, false)] // 2.3 MiB a minute, as half an hour of market data kept in a cache.
    [InlineData(3, false)]
    public void Of_HeapGrowsByAnHour_IsFlatOnlyBelowTheLimit(double growthPerHour, bool isFlat)
    {
        var samples = Enumerable.Range(0, 120).Select(minute => Sample(minute, 80 + (growthPerHour * minute / 60) + (minute % 2))).ToList();

        var result = SoakResult.Of(4, 120, samples);

        Assert.Equal(growthPerHour, result.HeapMiBPerHour!.Value, 0.3);
        Assert.Equal(isFlat, result.IsFlat);
    }

    [Fact]
    public void Of_HeapGrowsWhileWarmingUp_IsFlat()
    {
        var samples = Enumerable.Range(0, 120).Select(minute => Sample(minute, 40 + Math.Min(minute, 30))).ToList();

        Assert.True(SoakResult.Of(4, 120, samples).IsFlat);
    }

    [Fact]
    public void Of_TooFewSamples_IsNotJudged() => Assert.Null(SoakResult.Of(4, 120, [Sample(1, 80), Sample(50, 90)]).IsFlat);

    private static SoakSample Sample(double minute, double heap) => new(minute, heap, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
