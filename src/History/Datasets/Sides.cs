using Side = BtcAgent.Contracts.Wire.V1.Side;

namespace BtcAgent.History.Datasets;

/// <summary>Sides as text.</summary>
internal static class Sides
{
    /// <summary>Returns <c>BUY</c>, <c>SELL</c>, or null where there is none.</summary>
    public static string? Of(Side side) => side switch
    {
        Side.Buy => "BUY",
        Side.Sell => "SELL",
        _ => null,
    };
}
