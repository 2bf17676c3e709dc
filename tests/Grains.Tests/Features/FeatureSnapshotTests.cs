using System.Text.Json;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Features;
using BtcAgent.Grains.Snapshots;
using BtcAgent.Grains.Storage;
using BtcAgent.Grains.Tests.Risk;

namespace BtcAgent.Grains.Tests.Features;

/// <summary>
/// Where no log can be read again, as in one process, features continue from a snapshot that is young enough.
/// </summary>
public sealed class FeatureSnapshotTests : IAsyncLifetime
{
    private const string Young = "YOUNG";
    private const string Old = "OLD";

    /// <summary>Instrument of a state stored by the previous version.</summary>
    private const string Before = "BTC";
    private const string Empty = "EMPTY";
    private const string Timeless = "TIMELESS";

    private const int LogRefused = 203;
    private const int LogBehindGap = 207;

    private readonly AgentRig _rig = new([Young, Old, Before, Empty, Timeless], new RiskLimits(), venue: null);

    public ValueTask InitializeAsync() => _rig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(Young, 20, true)]
    [InlineData(Old, 31, false)]
    [InlineData(Timeless, 5, true)]
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
        _rig.LogId = $"after {code}"; // As in another process, whose streams restart.
        scenario.BreakFeed(TimeSpan.FromSeconds(seconds));
        scenario.Book(50_009, 50_011);
        if (code == Timeless)
        {
            // As a venue's snapshot often does, the first batch says nothing of the venue's time.
            await scenario.PublishAsync();
        }

        await scenario.Trade(0).PublishAsync();
        await scenario.Trade(1_000).PublishAsync();

        var after = (await scenario.Features.GetLastSample())!;
        Assert.True(after.EventTime > before.EventTime);
        Assert.True(after.BookInSync);
        Assert.All(LongWindows(after), value => Assert.Equal(keeps, !float.IsNaN(value)));
    }

    [Fact]
    public async Task Activate_SnapshotOfTheVersionBefore_IsDiscardedWithOneMessage()
    {
        await using var stored = typeof(FeatureSnapshotTests).Assembly.GetManifestResourceStream("BtcAgent.Grains.Tests.TestData.feature-state-by-reflection.json")!;
        var scenario = _rig.Begin(Before);
        var state = JsonSerializer.Deserialize<FeatureGrainState>(stored)!;
        state.SchemaHash = FeatureSchema.Create(new FeatureOptions()).Hash; // It is of an earlier schema, which would be refused first.
        await StoreAsync(scenario, state);

        await scenario.OpenAsync();
        await scenario.Book(49_999, 50_001).Trade(1_000).Trade(1_000).PublishAsync();
        Assert.Equal(4, (await scenario.Features.WaitFor(0, 0)).EventsConsumed);
        Assert.Contains("version before stored it in a format", Assert.Single(Logged(scenario)).Text, StringComparison.Ordinal);

        // The first batch has stored a state of this version, which the next activation reads.
        await _rig.RestartAsync(scenario.Features);
        await scenario.Trade(1_000).PublishAsync();
        Assert.Equal(5, (await scenario.Features.WaitFor(0, 0)).EventsConsumed);
        Assert.Single(Logged(scenario));
    }

    [Fact]
    public async Task Activate_AfterARunThatSawNoEvent_SaysNothingOfASnapshot()
    {
        var scenario = _rig.Begin(Empty);
        var pipeline = new FeaturePipeline(scenario.Instrument, new FeatureOptions());
        await StoreAsync(scenario, new FeatureGrainState
        {
            Pipeline = SealedImage.Take(pipeline),
            SchemaHash = pipeline.Schema.Hash,
            LogId = "of a process before",
        });

        await scenario.OpenAsync();
        await scenario.Book(49_999, 50_001).Trade(1_000).Trade(1_000).PublishAsync();
        Assert.NotNull(await scenario.Features.GetLastSample());
        Assert.Empty(Logged(scenario));
    }

    private Task StoreAsync(Scenario scenario, FeatureGrainState state) =>
        _rig.Storage.WriteStateAsync(GrainStateNames.Feature, scenario.Features.GetGrainId(), new GrainState<FeatureGrainState> { State = state });

    private IEnumerable<(Microsoft.Extensions.Logging.LogLevel Level, int Event, string Text)> Logged(Scenario scenario) => _rig.FeatureLog.Entries
        .Where(entry => entry.Event is LogRefused or LogBehindGap && entry.Text.Contains(scenario.Instrument.Key, StringComparison.Ordinal));

    /// <summary>Features that take two minutes to warm up from nothing.</summary>
    private static IEnumerable<float> LongWindows(FeatureSample sample)
    {
        var schema = FeatureSchema.Create(new FeatureOptions());
        return new[] { "ofi_60s", "tfi_60s", "realized_vol_120s", "ema_distance_10" }.Select(name => sample.Values[schema.IndexOf(name)]);
    }
}
