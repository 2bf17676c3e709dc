using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Measurement;

namespace BtcAgent.Client.Api;

/// <summary>One instrument: last quote and trade, bars, feed health, rules, rebuilt book, and this process's latencies.</summary>
public sealed record InstrumentView(InstrumentSnapshot Market, BookTop Book, IReadOnlyList<LatencyPercentiles> Latency);
