namespace BtcAgent.Cli.Operations;

/// <summary>A fill of one of the agent's orders.</summary>
internal sealed record ShownTrade
{
    public required DateTimeOffset EventTime { get; init; }

    public required string Portfolio { get; init; }

    public required string Instrument { get; init; }

    public required string Side { get; init; }

    public required decimal Price { get; init; }

    public required decimal Quantity { get; init; }

    public required decimal Fee { get; init; }

    public required string FeeAsset { get; init; }

    public required bool IsMaker { get; init; }

    public required string ClientOrderId { get; init; }

    public required string TradeId { get; init; }
}
