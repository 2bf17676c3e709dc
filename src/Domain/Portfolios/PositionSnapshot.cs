namespace BtcAgent.Domain.Portfolios;

/// <summary>One instrument's position. Quantities are signed: negative is short.</summary>
[GenerateSerializer, Immutable, Alias("PositionSnapshot")]
public sealed record PositionSnapshot
{
    [Id(0)] public required InstrumentId Instrument { get; init; }

    /// <summary>Base asset held, from fills and the opening balance.</summary>
    [Id(1)] public required decimal Quantity { get; init; }

    /// <summary>Average entry price of the open lots, in quote asset; null when flat.</summary>
    [Id(2)] public required decimal? AveragePrice { get; init; }

    /// <summary>Last mark (mid) price; null before the first.</summary>
    [Id(3)] public required decimal? MarkPrice { get; init; }

    /// <summary>Gross, before fees.</summary>
    [Id(4)] public required decimal RealizedPnl { get; init; }

    [Id(5)] public required decimal UnrealizedPnl { get; init; }
}
