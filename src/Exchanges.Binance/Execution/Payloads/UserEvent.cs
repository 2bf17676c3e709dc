using System.Collections.Immutable;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Exchanges.Binance.Execution.Payloads;

/// <summary>One event of the user-data stream; exactly one member is set.</summary>
public sealed record UserEvent
{
    /// <summary>An order changed; the symbol as the venue writes it.</summary>
    public (string Symbol, ExecutionReport Report)? Order { get; init; }

    /// <summary>Balances after a trade or a transfer, free and locked together.</summary>
    public ImmutableSortedDictionary<string, decimal>? Balances { get; init; }

    /// <summary>A deposit, withdrawal or transfer.</summary>
    public BalanceTransfer? Transfer { get; init; }

    /// <summary>The venue ends the stream.</summary>
    public bool IsTerminated { get; init; }

    /// <summary>An order changed on a symbol that cannot be an instrument of this agent, such as one in another script.</summary>
    public string? OtherSymbol { get; init; }

    /// <summary>The server of this connection is about to shut down.</summary>
    public bool IsServerShutdown { get; init; }

    /// <summary>
    /// Name of an event without effect on trading, such as the list of an order placed by hand (its orders are reported
    /// separately).
    /// </summary>
    public string? Other { get; init; }
}
