using BtcAgent.Domain.Models;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Cli.Optimizing;

/// <summary>The output of <c>optimize --json</c>.</summary>
internal sealed record OptimizeSummary(
    bool Passes,
    string Headline,
    string? Model,
    string? Folder,
    string Search,
    string DataHash,
    int Trials,
    int IndependentTrials,
    int? Winner,
    double Score,
    double Plateau,
    IReadOnlyDictionary<string, object> Settings,
    double DeflatedSharpe,
    double OverfittingProbability,
    double SuperiorAbility,
    double SuperiorAbilityOverHolding,
    double? UntouchedNetReturn,
    double UntouchedLowerBound,
    int? UntouchedRoundTrips,
    int? Looks,
    IReadOnlyList<VerdictReason> Reasons)
{
    public static OptimizeSummary Of(SearchOutcome outcome, string? model, string? folder)
    {
        var (winner, figures) = (outcome.Winner, outcome.Selection?.Figures);
        return new OptimizeSummary(
            outcome.Passes,
            outcome.Headline,
            model,
            folder,
            outcome.Id,
            outcome.DataHash,
            outcome.Study.Trials.Length,
            figures?.IndependentTrials ?? 0,
            winner?.Number,
            winner?.Value ?? double.NaN,
            winner is null ? double.NaN : outcome.Plateau[winner.Number],
            winner?.Point.Values.ToDictionary(p => p.Key, p => Plain(p.Value), StringComparer.Ordinal) ?? [],
            figures?.DeflatedSharpe ?? double.NaN,
            figures?.Overfitting?.Probability ?? double.NaN,
            figures?.AgainstCash?.Consistent ?? double.NaN,
            figures?.AgainstHolding?.Consistent ?? double.NaN,
            outcome.Evidence?.Untouched?.NetReturn,
            figures?.UntouchedBound ?? double.NaN,
            outcome.Evidence?.Untouched?.RoundTrips,
            outcome.Evidence?.Untouched?.Looks,
            outcome.Selection?.Reasons ?? []);
    }

    private static object Plain(ParameterValue value) => value.Kind switch
    {
        ParameterKind.Choice => value.Choice,
        ParameterKind.Integer => value.Integer,
        _ => value.Number,
    };
}
