using BtcAgent.Domain.Features;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Tests.Risk;

namespace BtcAgent.Grains.Tests.Features;

/// <summary>Where no log can be read again, as in one process, features go on from a snapshot that is young enough.</summary>
public sealed class FeatureSnapshotTests : IAsyncLifetime
{
    private const string Young = "YOUNG";
    private const string Old = "OLD";

    private readonly AgentRig _rig = new([Young, Old], new RiskLimits(), venue: null);

    public ValueTask InitializeAsync() => _rig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(Young, 20, true)]
    [InlineData(Old, 31, false)]
    public async Task Activate_AfterAFeedThatWasAway_KeepsTheWindowsOnlyOverAShortGap(string code, int seconds, bool keeps)
    {
        var scenario = await _rig.Begin(code).OpenAsync();
        for (var second = 0; second < 130; second++)
        {
            scenario.Book(49_999 + (second % 7), 50_001 + (second % 7)).Trade(1_000);
        }

        await scenario.PublishAsync();
        var before = (await scenario.Features.GetLastSample())!;
        Assert.All(LongWindows(before), value => Assert.False(float.IsNaN(value)));

        await _rig.RestartAsync(scenario.Features);
        _rig.LogId = $"after {code}"; // As in another process, whose streams begin anew.
        scenario.BreakFeed(TimeSpan.FromSeconds(seconds));
        await scenario.Book(50_009, 50_011).Trade(0).PublishAsync();
        await scenario.Trade(1_000).PublishAsync();

        var after = (await scenario.Features.GetLastSample())!;
        Assert.True(after.EventTime > before.EventTime);
        Assert.True(after.BookInSync);
        Assert.All(LongWindows(after), value => Assert.Equal(keeps, !float.IsNaN(value)));
    }

    /// <summary>What a model that was trained on them would have to wait two minutes for.</summary>
    private static IEnumerable<float> LongWindows(FeatureSample sample)
    {
        var schema = FeatureSchema.Create(new FeatureOptions());
        return new[] { "ofi_60s", "tfi_60s", "realized_vol_120s", "ema_distance_10" }.Select(name => sample.Values[schema.IndexOf(name)]);
    }
}
