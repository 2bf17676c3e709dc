namespace BtcAgent.Contracts.Signals;

/// <summary>A strategy's canary portfolio on one instrument.</summary>
/// <param name="Portfolio">The portfolio.</param>
/// <param name="Turn">The canary that is to trade; null for none.</param>
/// <param name="Books">The canary whose position and orders the portfolio has; null before the first one.</param>
/// <param name="Decisions">Decisions since the activation.</param>
/// <param name="Skipped">Samples overtaken by newer ones since the activation.</param>
/// <param name="Problem">Why the last sample was not decided; null when it was.</param>
[GenerateSerializer, Immutable, Alias("CanaryStatus")]
public sealed record CanaryStatus(
    [property: Id(0)] string Portfolio,
    [property: Id(1)] CanaryTurn? Turn,
    [property: Id(2)] CanaryBooks? Books,
    [property: Id(3)] long Decisions,
    [property: Id(4)] long Skipped,
    [property: Id(5)] string? Problem)
{
    /// <summary>The ended canary whose position is to be closed; null while the books are those of the current one.</summary>
    public CanaryBooks? Ended => Books is { } books && books.Turn != Turn ? books : null;
}
