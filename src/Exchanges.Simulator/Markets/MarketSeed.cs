using System.Text;

namespace BtcAgent.Exchanges.Simulator.Markets;

/// <summary>FNV-1a of the symbol, mixed with the seed, so that each symbol has its own flow.</summary>
internal static class MarketSeed
{
    public static ulong Of(int seed, string symbol) => Fnv1a.Hash(Encoding.ASCII.GetBytes(symbol), Fnv1a.Offset ^ (uint)seed);
}
