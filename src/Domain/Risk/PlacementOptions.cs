using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Risk;

/// <summary>Cost of strategies' orders.</summary>
public sealed class PlacementOptions
{
    /// <summary>
    /// The portfolio's fee for taking liquidity, in basis points. Default null: on paper the one of the paper options.
    /// </summary>
    [Range(0.0, 1_000.0)]
    public decimal? TakerFeeBps { get; set; }

    /// <summary>Expected slippage of one market order beyond the spread, in basis points. Default 0.</summary>
    [Range(0.0, 1_000.0)]
    public decimal SlippageBps { get; set; }

    /// <summary>
    /// A position is opened or enlarged if the expected move is at least this many times the cost of a round trip. Default 1.1;
    /// a signal without an expected move is not compared.
    /// </summary>
    [Range(1.0, 10.0)]
    public decimal CostMargin { get; set; } = 1.1m;

    /// <summary>Returns these options with a missing fee filled in.</summary>
    public PlacementOptions WithFee(decimal takerBps)
    {
        var copy = (PlacementOptions)MemberwiseClone();
        copy.TakerFeeBps ??= takerBps;
        return copy;
    }

    /// <summary>Fees and slippage of both sides as taker, in basis points, without the spread; null while the fee is unknown.</summary>
    internal decimal? RoundTripBps => 2 * (TakerFeeBps + SlippageBps);
}
