using BtcAgent.Exchanges.Binance.Tapes;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>FNV-1a over the sequence numbers of a tape, eight bytes each, little end first.</summary>
internal static class TapeChecksum
{
    public static ulong Of(DecodedTape tape)
    {
        var hash = 14695981039346656037;
        foreach (var marketEvent in tape.Events)
        {
            foreach (var b in BitConverter.GetBytes(marketEvent.Sequence))
            {
                hash = (hash ^ b) * 1099511628211;
            }
        }

        return hash;
    }
}
