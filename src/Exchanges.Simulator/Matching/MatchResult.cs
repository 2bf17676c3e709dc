namespace BtcAgent.Exchanges.Simulator.Matching;

/// <summary>Result of a new order.</summary>
/// <param name="IsAccepted">False for a killed FOK order and for a maker-only order that would take.</param>
/// <param name="Filled">Quantity traded at once.</param>
/// <param name="Resting">The remainder in the book; null when nothing rests.</param>
internal readonly record struct MatchResult(bool IsAccepted, Quantity Filled, RestingOrder? Resting)
{
    /// <summary>
    /// True when the next price was outside the range in which the order may execute: its remainder expires.
    /// </summary>
    public bool IsOutOfRange { get; init; }
}
