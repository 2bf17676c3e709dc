namespace BtcAgent.Cli.Operations;

/// <summary>Fills, newest first.</summary>
/// <param name="Trades">The fills.</param>
/// <param name="Next">Value for <c>--cursor</c> that continues; null after the last.</param>
internal sealed record TradeList(IReadOnlyList<ShownTrade> Trades, string? Next);
