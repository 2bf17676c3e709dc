using BtcAgent.Contracts.Social;
using BtcAgent.Domain.MarketData;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Feeds;

/// <summary>Asks for new tallies of posts every second.</summary>
internal sealed class TallyReader(IGrainFactory grains, InstrumentId instrument, InjectionQueue queue, TimeProvider time, ILogger logger)
    : InjectionReader("tallies of posts", TimeSpan.FromSeconds(1), instrument, queue, time, logger)
{
    /// <summary>
    /// A new reader begins this long ago, since its predecessor may have ended before it injected them; the features count each number once.
    /// </summary>
    public static readonly TimeSpan LooksBack = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time = time;

    protected override long FirstAfter => (_time.GetUtcNow() - LooksBack).ToUnixTimeMilliseconds();

    protected override async Task<IEnumerable<IInjectedEvent>> ReadAsync(long after) =>
        (await grains.GetGrain<ISentimentGrain>(ISentimentGrain.Bitcoin).GetTallies(after)).Tallies.Cast<IInjectedEvent>();
}
