using BtcAgent.Domain.Models;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Cli.Optimizing;

/// <summary>The output of <c>optimize --json</c>.</summary>
internal sealed record OptimizeSummary
{
    public required bool Passes { get; init; }

    public required string Headline { get; init; }

    public required string? Model { get; init; }

    public required string? Folder { get; init; }

    public required string Search { get; init; }

    public required string DataHash { get; init; }

    public required int Trials { get; init; }

    public required int IndependentTrials { get; init; }

    public required int? Winner { get; init; }

    public required double Score { get; init; }

    public required double Plateau { get; init; }

    public required IReadOnlyDictionary<string, object> Settings { get; init; }

    public required double DeflatedSharpe { get; init; }

    public required double OverfittingProbability { get; init; }

    public required double SuperiorAbility { get; init; }

    public required double SuperiorAbilityOverHolding { get; init; }

    public required double? UntouchedNetReturn { get; init; }

    public required double UntouchedLowerBound { get; init; }

    public required int? UntouchedRoundTrips { get; init; }

    public required int? Looks { get; init; }

    public required IReadOnlyList<VerdictReason> Reasons { get; init; }

    public static OptimizeSummary Of(SearchOutcome outcome, string? model, string? folder)
    {
        var (winner, figures) = (outcome.Winner, outcome.Selection?.Figures);
        return new OptimizeSummary
        {
            Passes = outcome.Passes,
            Headline = outcome.Headline,
            Model = model,
            Folder = folder,
            Search = outcome.Id,
            DataHash = outcome.DataHash,
            Trials = outcome.Study.Trials.Length,
            IndependentTrials = figures?.IndependentTrials ?? 0,
            Winner = winner?.Number,
            Score = winner?.Value ?? double.NaN,
            Plateau = winner is null ? double.NaN : outcome.Plateau[winner.Number],
            Settings = winner?.Point.Values.ToDictionary(p => p.Key, p => Plain(p.Value), StringComparer.Ordinal) ?? [],
            DeflatedSharpe = figures?.DeflatedSharpe ?? double.NaN,
            OverfittingProbability = figures?.Overfitting?.Probability ?? double.NaN,
            SuperiorAbility = figures?.AgainstCash?.Consistent ?? double.NaN,
            SuperiorAbilityOverHolding = figures?.AgainstHolding?.Consistent ?? double.NaN,
            UntouchedNetReturn = outcome.Evidence?.Untouched?.NetReturn,
            UntouchedLowerBound = figures?.UntouchedBound ?? double.NaN,
            UntouchedRoundTrips = outcome.Evidence?.Untouched?.RoundTrips,
            Looks = outcome.Evidence?.Untouched?.Looks,
            Reasons = outcome.Selection?.Reasons ?? [],
        };
    }

    private static object Plain(ParameterValue value) => value.Kind switch
    {
        ParameterKind.Choice => value.Choice,
        ParameterKind.Integer => value.Integer,
        _ => value.Number,
    };
}
