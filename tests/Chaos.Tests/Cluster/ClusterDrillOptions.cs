using System.Globalization;
using BtcAgent.Domain;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>What a cluster drill does; from the environment, as <c>eng/cluster-drill</c> sets it.</summary>
/// <param name="Silos">Processes that hold grains.</param>
/// <param name="Seed">Of the plan: which silo is killed when.</param>
/// <param name="Kills">SIGKILLs, spread over the tapes' time.</param>
/// <param name="GracefulStops">SIGTERMs among them.</param>
/// <param name="Tapes">Played in order.</param>
/// <param name="Speed">Multiple of recorded speed.</param>
/// <param name="JsonFile">Where the result goes; null for nowhere.</param>
internal sealed record ClusterDrillOptions(
    int Silos, int Seed, int Kills, int GracefulStops, IReadOnlyList<string> Tapes, int Speed, string? JsonFile)
{
    /// <summary>What the simulated venue trades everything against.</summary>
    public const string QuoteAsset = "USDT";

    private const string Tape = "ws-spot-2024/spot_btcusdt_20240808.gz";

    public static ClusterDrillOptions FromEnvironment() => new(
        Number("BTCAGENT_CLUSTER_SILOS", 2),
        Number("BTCAGENT_CLUSTER_SEED", 1),
        Number("BTCAGENT_CLUSTER_KILLS", 2),
        Number("BTCAGENT_CLUSTER_STOPS", 1),
        Environment.GetEnvironmentVariable("BTCAGENT_CLUSTER_TAPES") is { Length: > 0 } tapes
            ? tapes.Split(Path.PathSeparator) : [RecordedData.Require(Tape)],
        Number("BTCAGENT_CLUSTER_SPEED", 5),
        Environment.GetEnvironmentVariable("BTCAGENT_CLUSTER_JSON"))
    {
        Instrument = Environment.GetEnvironmentVariable("BTCAGENT_CLUSTER_INSTRUMENT") is { Length: > 0 } instrument
            ? Tradable(instrument) : InstrumentId.Parse("BINANCE:BTCUSDT"),
    };

    /// <summary>Whose tapes are played and which the drill's venue trades; quoted in <see cref="QuoteAsset"/>.</summary>
    public required InstrumentId Instrument { get; init; }

    public string BaseAsset => Instrument.Symbol[..^QuoteAsset.Length];

    /// <exception cref="FormatException">No instrument, or one that the drill's venue cannot trade.</exception>
    private static InstrumentId Tradable(string text)
    {
        var instrument = InstrumentId.Parse(text);
        return instrument.Venue == "BINANCE" && instrument.Symbol.EndsWith(QuoteAsset, StringComparison.Ordinal) && instrument.Symbol.Length > QuoteAsset.Length
            ? instrument
            : throw new FormatException($"the drill's venue trades only symbols of BINANCE quoted in {QuoteAsset}, such as BINANCE:ETHUSDT, not {instrument}");
    }

    private static int Number(string name, int fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
