namespace BtcAgent.Benchmarks.FirstHour;

/// <summary>The default agent after its session.</summary>
/// <param name="Seed">Seed of the venue and of paper fills.</param>
/// <param name="Model">Id of the model that traded last, with its figures if it was trained.</param>
/// <param name="ReturnPercent">Equity at the end, its position at mid, over the opening balance.</param>
/// <param name="MarketPercent">Change of the mid over the session.</param>
/// <param name="Fees">In quote asset.</param>
/// <param name="Orders">Approved orders.</param>
/// <param name="Fills">Executions.</param>
/// <param name="MakerFills">Executions as maker.</param>
/// <param name="RoundTrips">Closed positions.</param>
/// <param name="FirstTradeMinute">Event time from the start to the first execution, in minutes; NaN without any.</param>
/// <param name="Decisions">Samples decided.</param>
/// <param name="Waits">Decisions without an order by code or reason, most frequent first.</param>
/// <param name="Hash">Hash of all decisions: a repeated run has the same.</param>
/// <param name="Equity">Equity after each minute.</param>
internal sealed record FirstHourResult(
    int Seed,
    string Model,
    double ReturnPercent,
    double MarketPercent,
    decimal Fees,
    int Orders,
    int Fills,
    int MakerFills,
    int RoundTrips,
    double FirstTradeMinute,
    long Decisions,
    IReadOnlyList<KeyValuePair<string, int>> Waits,
    string Hash,
    IReadOnlyList<decimal> Equity);
