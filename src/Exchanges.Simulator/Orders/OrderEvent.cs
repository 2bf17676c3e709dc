using BtcAgent.Exchanges.Simulator.Accounts;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Something that happened to an order.</summary>
/// <param name="Type">The venue's execution type: NEW, TRADE, CANCELED, REPLACED, EXPIRED, TRADE_PREVENTION.</param>
internal sealed record OrderEvent(string Type)
{
    /// <summary>Set for TRADE.</summary>
    public AccountTrade? Trade { get; init; }

    /// <summary>Client id of the request that cancelled it.</summary>
    public string? CancelId { get; init; }

    /// <summary>Client id before it was amended.</summary>
    public string? AmendedFrom { get; init; }

    /// <summary>Set for TRADE_PREVENTION.</summary>
    public PreventedMatch? Prevented { get; init; }
}
