namespace BtcAgent.Domain.Portfolios;

/// <summary>A part of a position opened at one price. Both numbers are negative for a short lot.</summary>
/// <param name="Quantity">Signed, in base asset.</param>
/// <param name="Cost">Signed quantity × entry price, in quote asset.</param>
/// <param name="OpenedAt">Event time of the fill, or of the first mark for an initial balance.</param>
[GenerateSerializer, Immutable, Alias("Lot")]
public readonly record struct Lot(
    [property: Id(0)] decimal Quantity,
    [property: Id(1)] decimal Cost,
    [property: Id(2)] Timestamp OpenedAt);
