namespace BtcAgent.Cli.Tapes;

/// <summary>The output of <c>replay --json</c>, with the names of the silo's <c>--summary</c>.</summary>
internal sealed record ReplaySummary(
    long Trades,
    long Decisions,
    int Orders,
    int Fills,
    double FinalEquity,
    string DecisionsHash,
    IReadOnlyDictionary<string, int> Refusals);
