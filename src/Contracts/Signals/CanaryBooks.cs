namespace BtcAgent.Contracts.Signals;

/// <summary>Whose orders and position a canary portfolio has on one instrument.</summary>
/// <param name="Turn">The canary that has traded last, or still does.</param>
/// <param name="Portfolio">The portfolio.</param>
/// <param name="PnlBefore">Net profit of the portfolio before its first order, in the quote asset; open positions included.</param>
/// <param name="From">Event time of its first sample.</param>
[GenerateSerializer, Immutable, Alias("CanaryBooks")]
public sealed record CanaryBooks(
    [property: Id(0)] CanaryTurn Turn, [property: Id(1)] string Portfolio, [property: Id(2)] decimal PnlBefore, [property: Id(3)] Timestamp From);
