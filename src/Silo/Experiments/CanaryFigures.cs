namespace BtcAgent.Silo.Experiments;

/// <summary>The condition of a canary in its portfolio.</summary>
/// <param name="Portfolio">The portfolio.</param>
/// <param name="Pnl">Net profit since its first sample, as a fraction of the capital of the strategy's own portfolio.</param>
/// <param name="Stop">Why its loss limits have halted it; null while they have not.</param>
internal sealed record CanaryFigures(string Portfolio, double Pnl, string? Stop);
