using System.Collections.Immutable;
using System.Globalization;

namespace BtcAgent.Research.Leakage;

/// <summary>Results of the checks that a dataset does not contain the future.</summary>
/// <param name="Audit">The look-ahead audit.</param>
/// <param name="Features">Number of features in the shifted-label test.</param>
/// <param name="Suspicions">Features that the shifted-label test suspects; empty when there is none.</param>
public sealed record LeakageReport(LookAheadReport Audit, int Features, ImmutableArray<LeakSuspicion> Suspicions)
{
    /// <summary>Result of the shifted-label test in one sentence.</summary>
    public string LabelText => Suspicions.IsEmpty
        ? string.Create(CultureInfo.InvariantCulture, $"None of {Features} features knows more about the future than about the past.")
        : string.Join(" ", Suspicions.Select(s => string.Create(
            CultureInfo.InvariantCulture, $"{s.Feature} predicts the {s.Target} with AUC {s.Auc:F3}, but the past with {s.PastAuc:F3}.")));

    /// <summary>Both results, one line each.</summary>
    public ImmutableArray<string> Lines() => [$"Look-ahead audit: {Audit.Text}", $"Shifted-label test: {LabelText}"];
}
