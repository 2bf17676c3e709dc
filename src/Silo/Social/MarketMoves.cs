using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Social;

/// <summary>The market's return over the last minutes, which synthetic posts react to.</summary>
internal sealed class MarketMoves(IGrainFactory grains, IOptions<AgentOptions> agent, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Queue<(Timestamp At, double Mid)> _mids = new();
    private double _return;

    /// <summary>As a fraction; 0 before two prices are known.</summary>
    public double Return => Volatile.Read(ref _return);

    /// <summary>Looks at the first instrument's quote.</summary>
    public async Task LookAsync()
    {
        var quote = (await grains.GetGrain<IInstrumentGrain>(agent.Value.Instruments[0]).GetSnapshot(0)).Quote;
        if (!quote.IsTwoSided)
        {
            return;
        }

        var (now, mid) = (Timestamp.FromDateTimeOffset(time.GetUtcNow()), (double)quote.Mid);
        _mids.Enqueue((now, mid));
        while (_mids.Peek().At < now - Window)
        {
            _mids.Dequeue();
        }

        Volatile.Write(ref _return, (mid / _mids.Peek().Mid) - 1);
    }
}
