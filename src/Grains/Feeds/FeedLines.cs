using BtcAgent.Domain.MarketData.Lines;

namespace BtcAgent.Grains.Feeds;

/// <summary>The readers of one instrument and the names of their leases.</summary>
internal static class FeedLines
{
    public const int Max = LineArbiter.LineCount;

    public static string LeaseOf(InstrumentId instrument, int line) => line == 0 ? instrument.Key : $"{instrument.Key}/second";
}
