namespace BtcAgent.Exchanges.Simulator.Accounts;

/// <summary>One side of a trade, as the account's trade list shows it.</summary>
internal sealed record AccountTrade(
    string Symbol,
    long Id,
    long OrderId,
    Side Side,
    Price Price,
    Quantity Quantity,
    decimal Commission,
    string CommissionAsset,
    long TimeMs,
    bool IsMaker);
