namespace BtcAgent.Domain.Retraining;

/// <summary>
/// The search part of a <see cref="TrainingRecipe"/>: settings are searched, judged, and trained only if they pass. Its seed is that
/// of the recipe.
/// </summary>
/// <param name="Trials">Trials of the search, 1…10,000.</param>
/// <param name="Minutes">Minutes of an attempt after which no trial starts; null for no limit.</param>
/// <param name="UntouchedShare">Last part of the time, which judges the winner and which the search never sees, 0.05…0.8.</param>
/// <param name="Space">Parameters to search, as JSON of <c>docs/optimizer.md</c>; null for those of the agent's samples.</param>
[GenerateSerializer, Immutable, Alias("TrainingSearch")]
public sealed record TrainingSearch(
    [property: Id(0)] int Trials,
    [property: Id(1)] double? Minutes,
    [property: Id(2)] double UntouchedShare,
    [property: Id(3)] string? Space = null);
