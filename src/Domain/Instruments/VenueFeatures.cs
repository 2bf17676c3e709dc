namespace BtcAgent.Domain.Instruments;

/// <summary>Features, other than order types, that a venue may allow or deny for a symbol.</summary>
[Flags]
public enum VenueFeatures : byte
{
    None = 0,
    Spot = 1,
    Iceberg = 2,

    /// <summary>One cancels the other.</summary>
    Oco = 4,

    /// <summary>One triggers the other.</summary>
    Oto = 8,
    CancelReplace = 16,
    TrailingStop = 32,

    /// <summary>Amending the quantity of an open order in place.</summary>
    Amend = 64,
}
