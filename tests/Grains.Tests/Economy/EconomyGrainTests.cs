using BtcAgent.Contracts.Economy;
using BtcAgent.Domain;
using BtcAgent.Domain.Economy;
using Orleans.TestingHost;

namespace BtcAgent.Grains.Tests.Economy;

public sealed class EconomyGrainTests : IAsyncLifetime
{
    private static readonly Timestamp Now = Timestamp.FromUnixMilliseconds(1_795_910_400_000);

    private InProcessTestCluster _cluster = null!;

    private IEconomyGrain Grain => _cluster.Client.GetGrain<IEconomyGrain>(IEconomyGrain.Key);

    public async ValueTask InitializeAsync()
    {
        _cluster = new InProcessTestClusterBuilder(1).Build();
        await _cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Report_EarlierEpochOrNumber_ChangesNothing()
    {
        Assert.Null(await Grain.GetNotice());
        Assert.Equal(EconomyStatus.None with { Releases = [] }, await Grain.GetStatus() with { Releases = [] });
        Assert.True(await Grain.Report(Report(8, "b", 100)));
        Assert.False(await Grain.Report(Report(7, "a", 200)));
        Assert.True(await Grain.Report(Report(8, "c", 99)));
        Assert.True(await Grain.Report(Report(9, "d", null)));

        Assert.Equal((100L, "d"), ((await Grain.GetNotice())!.Value.Number, (await Grain.GetStatus()).Reader));
    }

    private static EconomyReport Report(long epoch, string reader, long? notice) => new(
        epoch, EconomyStatus.None with { Reader = reader }, notice is { } number ? new CalendarNotice { Number = number, KnownAt = Now } : null);
}
