using System.Collections.Immutable;
using BtcAgent.Domain.Models;

namespace BtcAgent.Domain.Retraining;

/// <summary>The findings of a job that searched.</summary>
/// <param name="Search">Id of the search: 16 hexadecimal digits of its space, data, settings and seed.</param>
/// <param name="Trials">Trials of the search, failed and pruned ones included.</param>
/// <param name="IndependentTrials">The independent tries that they count as; 0 when no trial is complete.</param>
/// <param name="Winner">Number of the best trial, from 0; null when no trial is complete.</param>
/// <param name="Score">Its annual Sharpe ratio after costs, mean of its folds; null without a winner.</param>
/// <param name="Settings">Its settings; null without a winner.</param>
/// <param name="UntouchedReturn">Its net return in the untouched window, as a fraction; null when the window was not opened.</param>
/// <param name="Looks">Looks at this time, this one included; null when the window was not opened.</param>
/// <param name="Reasons">One per gate; those that do not hold come first.</param>
[GenerateSerializer, Immutable, Alias("SearchFindings")]
public sealed record SearchFindings(
    [property: Id(0)] string Search,
    [property: Id(1)] int Trials,
    [property: Id(2)] int IndependentTrials,
    [property: Id(3)] int? Winner,
    [property: Id(4)] double? Score,
    [property: Id(5)] string? Settings,
    [property: Id(6)] double? UntouchedReturn,
    [property: Id(7)] int? Looks,
    [property: Id(8)] ImmutableArray<VerdictReason> Reasons);
