using System.Diagnostics.Metrics;

namespace BtcAgent.Grains.Measurement;

/// <summary>The agent's own counters, read by any <see cref="MeterListener"/>, such as the /metrics page.</summary>
internal static class AgentMeter
{
    public const string Name = "BtcAgent";

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> MarketEvents =
        Meter.CreateCounter<long>("market.events", description: "Market events applied by feature grains");

    public static readonly Counter<long> BatchesRefused =
        Meter.CreateCounter<long>("market.batches.refused", description: "Batches of market data that cannot come from a reader of the venue");

    public static readonly Counter<long> SamplesSkipped =
        Meter.CreateCounter<long>("samples.skipped", description: "Samples overtaken by a newer one before they were decided");

    public static readonly Counter<long> Decisions =
        Meter.CreateCounter<long>("decisions", description: "Decisions by outcome");

    public static readonly Counter<long> ShadowScores =
        Meter.CreateCounter<long>("shadow.scores", description: "Samples scored by models beside the champion, by model");

    public static readonly Counter<long> ShadowFailures =
        Meter.CreateCounter<long>("shadow.failures", description: "Samples on which a model beside the champion threw, by model");

    public static readonly Counter<long> ParityBreaks =
        Meter.CreateCounter<long>("model.parity.breaks", description: "Scores that differ from their recomputation, by model");

    public static readonly Counter<long> Orders =
        Meter.CreateCounter<long>("orders", description: "Orders submitted");

    public static readonly Counter<long> Fills =
        Meter.CreateCounter<long>("fills", description: "Fills booked");

    public static readonly Histogram<double> TwinSlippage = Meter.CreateHistogram<double>(
        "parity.slippage", unit: "bps", description: "Slippage of an order's fills beyond its simulated twin's");

    public static readonly Histogram<double> TwinDelay = Meter.CreateHistogram<double>(
        "parity.delay", unit: "ms", description: "Delay of an order's fills behind its simulated twin's");

    public static readonly Counter<long> TwinEventsLost = Meter.CreateCounter<long>(
        "parity.events.lost", description: "Market events that a slow execution dropped for the simulated twins of its orders");

    public static readonly Counter<long> FramesRefused =
        Meter.CreateCounter<long>("frames.refused", description: "Frames a feed could not use");

    public static readonly Histogram<double> Latency =
        Meter.CreateHistogram<double>("latency", unit: "ms", description: "Latency by stage");
}
