namespace BtcAgent.Domain.Portfolios;

/// <summary>A change of balance without a trade: a deposit, a withdrawal, or a correction of our books.</summary>
/// <param name="Id">Deterministic id; a change is applied once.</param>
/// <param name="Asset">Asset name, such as <c>USDT</c>.</param>
/// <param name="Amount">Positive for an incoming amount.</param>
/// <param name="Reason">Code and description for the audit.</param>
/// <param name="EventTime">Venue time.</param>
[GenerateSerializer, Immutable, Alias("BalanceTransfer")]
public sealed record BalanceTransfer(
    [property: Id(0)] string Id,
    [property: Id(1)] string Asset,
    [property: Id(2)] decimal Amount,
    [property: Id(3)] string Reason,
    [property: Id(4)] Timestamp EventTime);
