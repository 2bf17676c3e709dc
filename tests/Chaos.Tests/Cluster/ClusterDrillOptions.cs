using System.Globalization;
using BtcAgent.Domain;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>Options of a cluster drill, from the environment that <c>eng/cluster-drill</c> sets.</summary>
/// <param name="Silos">Number of silo processes.</param>
/// <param name="Seed">Seed of the plan of kills.</param>
/// <param name="Kills">Number of SIGKILLs, spread over the tapes' time.</param>
/// <param name="GracefulStops">Number of SIGTERMs among them.</param>
/// <param name="Tapes">Tapes to play, in order.</param>
/// <param name="Speed">Multiple of recorded speed.</param>
/// <param name="JsonFile">File for the result; null writes none.</param>
internal sealed record ClusterDrillOptions(
    int Silos, int Seed, int Kills, int GracefulStops, IReadOnlyList<string> Tapes, int Speed, string? JsonFile)
{
    /// <summary>Quote asset of every symbol of the simulated venue.</summary>
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

    /// <summary>Instrument of the tapes and of the drill's venue; quoted in <see cref="QuoteAsset"/>.</summary>
    public required InstrumentId Instrument { get; init; }

    public string BaseAsset => Instrument.Symbol[..^QuoteAsset.Length];

    /// <exception cref="FormatException">Not an instrument id, or one that the drill's venue cannot trade.</exception>
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
