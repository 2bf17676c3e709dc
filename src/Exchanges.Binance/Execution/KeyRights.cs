namespace BtcAgent.Exchanges.Binance.Execution;

/// <summary>Rights of an API key at the venue. Source: Binance wallet documentation, "Get API Key Permission".</summary>
/// <param name="MayTrade">Spot orders.</param>
/// <param name="MayWithdraw">Withdrawals, which this agent never needs.</param>
/// <param name="MayTransfer">Transfers to other accounts, which this agent never needs.</param>
/// <param name="IsBoundToAddresses">True when the venue accepts the key from listed IP addresses only.</param>
/// <param name="TradingEndsAt">When the right to trade ends; null when it does not.</param>
public sealed record KeyRights(bool MayTrade, bool MayWithdraw, bool MayTransfer, bool IsBoundToAddresses, DateTimeOffset? TradingEndsAt);
