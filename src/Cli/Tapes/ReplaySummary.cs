namespace BtcAgent.Cli.Tapes;

/// <summary>What <c>replay --json</c> prints; the names are those of the silo's <c>--summary</c>.</summary>
internal sealed record ReplaySummary(
    long Trades,
    long Decisions,
    int Orders,
    int Fills,
    double FinalEquity,
    string DecisionsHash,
    IReadOnlyDictionary<string, int> Refusals);
