namespace BtcAgent.Exchanges.Simulator.Accounts;

/// <summary>An order request, as read from its parameters.</summary>
internal sealed record OrderRequest
{
    public required string Symbol { get; init; }

    public required Side Side { get; init; }

    /// <summary>The venue's word, such as <c>LIMIT_MAKER</c>.</summary>
    public required string Type { get; init; }

    public required string TimeInForce { get; init; }

    public required Quantity Quantity { get; init; }

    public Price? Price { get; init; }

    public Price? StopPrice { get; init; }

    /// <summary>In basis points.</summary>
    public int? TrailingDelta { get; init; }

    public Quantity? IcebergQuantity { get; init; }

    public required string ClientOrderId { get; init; }

    public string SelfTradePrevention { get; init; } = "EXPIRE_MAKER";
}
