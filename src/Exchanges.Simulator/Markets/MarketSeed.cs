using System.Text;

namespace BtcAgent.Exchanges.Simulator.Markets;

/// <summary>FNV-1a of the symbol, mixed with the seed, so that each symbol has its own flow.</summary>
internal static class MarketSeed
{
    public static ulong Of(int seed, string symbol)
    {
        var hash = 14695981039346656037UL ^ (uint)seed;
        foreach (var b in Encoding.ASCII.GetBytes(symbol))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return hash;
    }
}
