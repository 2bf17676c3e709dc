namespace BtcAgent.Domain.Portfolios;

/// <summary>A change of balance that no trade explains: a deposit, a withdrawal, or a correction of our books.</summary>
/// <param name="Id">Deterministic: the same change is applied once.</param>
/// <param name="Asset">Such as <c>USDT</c>.</param>
/// <param name="Amount">Positive when it came in.</param>
/// <param name="Reason">Code and words for the audit.</param>
/// <param name="EventTime">The venue's time.</param>
[GenerateSerializer, Immutable, Alias("BalanceTransfer")]
public sealed record BalanceTransfer(
    [property: Id(0)] string Id,
    [property: Id(1)] string Asset,
    [property: Id(2)] decimal Amount,
    [property: Id(3)] string Reason,
    [property: Id(4)] Timestamp EventTime);
