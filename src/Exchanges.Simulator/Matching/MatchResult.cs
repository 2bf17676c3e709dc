namespace BtcAgent.Exchanges.Simulator.Matching;

/// <summary>What became of a new order.</summary>
/// <param name="IsAccepted">False when refused whole: a killed FOK, a maker-only order that would take.</param>
/// <param name="Filled">Quantity traded at once.</param>
/// <param name="Resting">The rest in the book; null when nothing rests.</param>
internal readonly record struct MatchResult(bool IsAccepted, Quantity Filled, RestingOrder? Resting)
{
    /// <summary>The next price was outside the range in which the order may execute: what is left of it expires.</summary>
    public bool IsOutOfRange { get; init; }
}
