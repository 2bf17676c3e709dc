using System.Globalization;
using System.Text.RegularExpressions;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Models;

namespace BtcAgent.Models.LightGbm.Artefacts;

/// <summary>
/// Range and unit of every manifest field. Manifests are untrusted input, and their values decide when money moves.
/// </summary>
internal static partial class ManifestLimits
{
    public const int TreesMax = 100_000;
    public const int FeaturesMax = 10_000;

    /// <summary>Longest horizon, in milliseconds: 366 days.</summary>
    public const long HorizonMsMax = 366L * 24 * 3_600_000;

    /// <summary>Largest mean move, in basis points: the price doubles.</summary>
    public const double MoveBpsMax = TradingPolicy.MoveBpsMax;

    /// <summary>An entry confidence that no score reaches.</summary>
    public const double ConfidenceMax = 2;

    private const int EntriesMax = 1_000;
    private const int ReasonsMax = 50;
    private const int NameCharsMax = 128;
    private const int TextCharsMax = 4_096;
    private const int CurvePointsMax = 100_000;
    private const int ParityRowsMax = 10_000_000;

    // Within the range of a timestamp in nanoseconds.
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The first field out of range, with its value and range; null when all are valid.</summary>
    public static string? Problem(ModelManifest m) =>
        Field(NamePattern().IsMatch(m.Name), "name", m.Name, "takes 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit first")
        ?? Text("objective", m.Objective, NameCharsMax)
        ?? Field(m.Trees is >= 1 and <= TreesMax, "trees", m.Trees, $"takes 1 to {TreesMax}")
        ?? Field(HashPattern().IsMatch(m.SchemaHash), "schemaHash", m.SchemaHash, "takes 16 hexadecimal digits")
        ?? Features(m)
        ?? Text("label", m.Label, TextCharsMax)
        ?? Field(m.HorizonMs is >= 1 and <= HorizonMsMax, "horizonMs", m.HorizonMs, $"takes 1 to {HorizonMsMax} milliseconds")
        ?? Field(m.TrainedFrom >= Earliest && m.TrainedFrom <= m.TrainedTo, "trainedFrom", m.TrainedFrom, "takes 1970 to trainedTo")
        ?? Field(m.TrainedTo <= Latest, "trainedTo", m.TrainedTo, "takes trainedFrom to 2200")
        ?? Calibration(m)
        ?? Policy(m)
        ?? Metrics(m)
        ?? Verdict(m)
        ?? Bins("scoreBins", m.ScoreBins)
        ?? Parity(m)
        ?? Lineage(m);

    private static string? Features(ModelManifest m)
    {
        if (Field(!m.Features.IsDefaultOrEmpty && m.Features.Length <= FeaturesMax, "features", m.Features.IsDefault ? 0 : m.Features.Length, $"takes 1 to {FeaturesMax}") is { } count)
        {
            return count;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < m.Features.Length; i++)
        {
            var (at, f) = ($"features[{i}]", m.Features[i]);
            var problem = f is null ? $"{at} is null"
                : Text($"{at}.name", f.Name, NameCharsMax)
                ?? Field(!f.Name.Any(char.IsWhiteSpace) && names.Add(f.Name), $"{at}.name", f.Name, "takes a unique name without spaces")
                ?? Field(Finite(f.Low) && Finite(f.High) && f.Low is null == f.High is null, $"{at}.low and high", $"{f.Low}, {f.High}", "take finite numbers, or null for both")
                ?? Field(f.Low is null || f.Low <= f.High, $"{at}.low", f.Low, $"takes a number up to its high, {f.High}")
                ?? Number($"{at}.missingShare", f.MissingShare, 0, 1)
                ?? Number($"{at}.gain", f.Gain, 0, double.MaxValue)
                ?? Bins($"{at}.bins", f.Bins);
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? Bins(string at, FeatureBins? bins) => bins?.Problem() is { } problem ? $"{at}: {problem}" : null;

    private static string? Calibration(ModelManifest m) =>
        m.Calibration is null ? "calibration is null"
        : Field(m.Calibration.Xs.IsDefault || m.Calibration.Xs.Length <= CurvePointsMax, "calibration.xs", m.Calibration.Xs.Length, $"takes up to {CurvePointsMax} points")
        ?? (m.Calibration.Problem() is { } problem ? $"calibration: {problem}" : null);

    private static string? Policy(ModelManifest m) =>
        m.Policy is null ? "policy is null"
        : Number("policy.entryConfidence", m.Policy.EntryConfidence, 0, ConfidenceMax)
        ?? Number("policy.exitConfidence", m.Policy.ExitConfidence, 0, m.Policy.EntryConfidence)
        ?? Number("policy.meanMoveBps", m.Policy.MeanMoveBps, 0, MoveBpsMax)
        ?? Number("policy.outOfRangeMax", m.Policy.OutOfRangeMax, 0, m.Features.Length);

    private static string? Metrics(ModelManifest m) =>
        Field(m.Metrics.Count <= EntriesMax, "metrics", m.Metrics.Count, $"takes up to {EntriesMax}")
        ?? m.Metrics.Select(metric => Text("metrics", metric.Key, NameCharsMax)
            ?? Number($"metrics.{metric.Key}", metric.Value, double.MinValue, double.MaxValue)).FirstOrDefault(problem => problem is not null);

    private static string? Verdict(ModelManifest m)
    {
        if (m.Verdict is not { } verdict)
        {
            return null;
        }

        var count = verdict.Reasons.IsDefault ? 0 : verdict.Reasons.Length;
        return Field(Enum.IsDefined(verdict.State), "verdict.state", verdict.State, $"takes one of {string.Join(", ", Enum.GetNames<VerdictState>())}")
            ?? Field(count is >= 1 and <= ReasonsMax, "verdict.reasons", count, $"takes 1 to {ReasonsMax}")
            ?? verdict.Reasons.Select((reason, i) => Reason($"verdict.reasons[{i}]", reason)).FirstOrDefault(problem => problem is not null)
            ?? Field(
                verdict.Survives == verdict.Reasons.All(r => r.Holds), "verdict.state", verdict.State,
                "takes survives if and only if every reason holds");
    }

    private static string? Reason(string at, VerdictReason reason) => reason is null ? $"{at} is null"
        : Text($"{at}.code", reason.Code, NameCharsMax)
        ?? Number($"{at}.value", reason.Value ?? 0, double.MinValue, double.MaxValue)
        ?? Number($"{at}.required", reason.Required ?? 0, double.MinValue, double.MaxValue)
        ?? Text($"{at}.text", reason.Text, TextCharsMax);

    private static string? Parity(ModelManifest m) =>
        m.Parity is null ? "parity is null"
        : m.Parity.BranchDifferences != 0
            ? $"model '{m.Name}' did not pass the conversion check: {m.Parity.BranchDifferences} rows took another branch in ONNX"
        : Field(m.Parity.Rows is >= 1 and <= ParityRowsMax, "parity.rows", m.Parity.Rows, $"takes 1 to {ParityRowsMax}")
        ?? Number("parity.maxRelativeDifference", m.Parity.MaxRelativeDifference, 0, 1);

    private static string? Lineage(ModelManifest m) =>
        Field(m.Lineage.Count <= EntriesMax, "lineage", m.Lineage.Count, $"takes up to {EntriesMax}")
        ?? m.Lineage.Select(entry => Text("lineage", entry.Key, NameCharsMax) ?? Text($"lineage.{entry.Key}", entry.Value, TextCharsMax, mayBeEmpty: true))
            .FirstOrDefault(problem => problem is not null);

    private static string? Text(string field, string? value, int charsMax, bool mayBeEmpty = false) =>
        value is null ? $"{field} is null"
        : Field(
            (mayBeEmpty || value.Length > 0) && value.Length <= charsMax && !value.Any(char.IsControl),
            field,
            value,
            $"takes {(mayBeEmpty ? 0 : 1)} to {charsMax} characters without control characters");

    private static string? Number(string field, double value, double least, double greatest) => Field(
        value >= least && value <= greatest,
        field,
        value,
        string.Create(CultureInfo.InvariantCulture, $"takes {least} to {greatest}"));

    private static string? Field(bool holds, string field, object? value, string takes)
    {
        if (holds)
        {
            return null;
        }

        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
        var shown = new string([.. text.Take(60).Select(c => char.IsControl(c) ? '?' : c)]);
        return $"{field} {takes}, not '{shown}{(text.Length > 60 ? "…" : "")}'";
    }

    private static bool Finite(float? value) => value is not { } number || float.IsFinite(number);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{16}\z")]
    private static partial Regex HashPattern();
}
