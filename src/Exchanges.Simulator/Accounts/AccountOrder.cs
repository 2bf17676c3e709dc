namespace BtcAgent.Exchanges.Simulator.Accounts;

/// <summary>An order of an account, in the venue's terms.</summary>
internal sealed class AccountOrder(OrderRequest request, long orderId, long timeMs)
{
    public string Symbol => request.Symbol;

    public OrderRequest Request => request;

    public long OrderId => orderId;

    /// <summary>Changes when the order is amended.</summary>
    public string ClientOrderId { get; set; } = request.ClientOrderId;

    public Side Side => request.Side;

    public string Type => request.Type;

    public Price? Limit => request.Price;

    public Quantity Quantity { get; set; } = request.Quantity;

    public Quantity Executed { get; set; }

    /// <summary>Quantity removed by self-trade prevention.</summary>
    public Quantity Prevented { get; set; }

    /// <summary>Id of the last prevented match that the order was part of.</summary>
    public long? PreventedMatchId { get; set; }

    /// <summary>The venue's expiry reason; null unless the order has expired.</summary>
    public string? ExpiryReason { get; set; }

    /// <summary>Number of amendments.</summary>
    public int Amends { get; set; }

    /// <summary>Id of its last execution event.</summary>
    public long ExecutionId { get; set; }

    public decimal CumulativeQuote { get; set; }

    public string Status { get; set; } = "NEW";

    public long ListId { get; set; } = -1;

    public long TimeMs { get; } = timeMs;

    public long UpdatedMs { get; set; } = timeMs;

    /// <summary>
    /// True in the book or matched against it; false for a waiting stop and for the pending half of a list.
    /// </summary>
    public bool IsWorking { get; set; }

    public long WorkingMs { get; set; } = timeMs;

    /// <summary>Id in the matching engine while it rests.</summary>
    public long? EngineId { get; set; }

    /// <summary>Balance that is still reserved for it.</summary>
    public decimal Locked { get; set; }

    /// <summary>Best price since it was placed, for a trailing trigger.</summary>
    public Price? Extreme { get; set; }

    /// <summary>Waits for the first order of its list to fill.</summary>
    public bool IsPending { get; set; }

    /// <summary>"original order quantity - executed quantity - prevented quantity": Binance, "Self Trade Prevention FAQ".</summary>
    public Quantity Remaining => Quantity - Executed - Prevented;

    public bool IsOpen => Status is "NEW" or "PARTIALLY_FILLED" or "PENDING_NEW";

    public bool IsConditional => Type is "STOP_LOSS" or "STOP_LOSS_LIMIT" or "TAKE_PROFIT" or "TAKE_PROFIT_LIMIT";

    public bool IsMarket => Type is "MARKET" or "STOP_LOSS" or "TAKE_PROFIT";
}
