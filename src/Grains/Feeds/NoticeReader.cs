using BtcAgent.Contracts.Economy;
using BtcAgent.Domain.MarketData;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Feeds;

/// <summary>Asks for the last notice of economic releases every two seconds. Each has all that is known, so those before it are not needed.</summary>
internal sealed class NoticeReader(IGrainFactory grains, InstrumentId instrument, InjectionQueue queue, TimeProvider time, ILogger logger)
    : InjectionReader("notices of economic releases", TimeSpan.FromSeconds(2), instrument, queue, time, logger)
{
    /// <summary>A living source gives one every five minutes: an older one says nothing of now, and would look new to features that have none.</summary>
    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _time = time;

    /// <summary>The last one counts for a new reader: the features count each number once.</summary>
    protected override long FirstAfter => 0;

    protected override async Task<IEnumerable<IInjectedEvent>> ReadAsync(long after) =>
        await grains.GetGrain<IEconomyGrain>(IEconomyGrain.Key).GetNotice() is { } notice && _time.GetUtcNow() - notice.KnownAt.ToDateTimeOffset() <= AgeMax ? [notice] : [];
}
