using System.Collections.Immutable;

namespace BtcAgent.Domain.Models;

/// <summary>
/// From a model's raw score to a probability. Either logistic, <c>1 / (1 + exp(Slope·raw + Intercept))</c> (Platt 1999),
/// or a rising line through points, flat beyond its ends (isotonic; Zadrozny, Elkan 2002).
/// </summary>
[GenerateSerializer, Immutable, Alias("CalibrationCurve")]
public sealed record CalibrationCurve
{
    [Id(0)] public double? Slope { get; init; }

    [Id(1)] public double? Intercept { get; init; }

    /// <summary>Raw scores of the points, rising; empty for a logistic curve.</summary>
    [Id(2)] public ImmutableArray<double> Scores { get; init; } = [];

    /// <summary>Probability at each of <see cref="Scores"/>, not falling.</summary>
    [Id(3)] public ImmutableArray<double> Probabilities { get; init; } = [];

    public static CalibrationCurve Logistic(double slope, double intercept) => new() { Slope = slope, Intercept = intercept };

    /// <exception cref="ArgumentException">No points, or scores that don't rise, or probabilities that fall or leave 0…1.</exception>
    public static CalibrationCurve Through(ImmutableArray<double> scores, ImmutableArray<double> probabilities)
    {
        var curve = new CalibrationCurve { Scores = scores, Probabilities = probabilities };
        curve.Check();
        return curve;
    }

    /// <returns>0…1; NaN for a raw score that is no number.</returns>
    public double Apply(double raw)
    {
        if (Slope is { } slope)
        {
            return 1 / (1 + Math.Exp((slope * raw) + (Intercept ?? 0)));
        }

        if (double.IsNaN(raw))
        {
            return double.NaN;
        }

        var scores = Scores.AsSpan();
        var probabilities = Probabilities.AsSpan();
        var at = scores.BinarySearch(raw);
        if (at >= 0)
        {
            return probabilities[at];
        }

        var above = ~at;
        if (above == 0 || above == scores.Length)
        {
            return probabilities[above == 0 ? 0 : ^1];
        }

        var share = (raw - scores[above - 1]) / (scores[above] - scores[above - 1]);
        return probabilities[above - 1] + (share * (probabilities[above] - probabilities[above - 1]));
    }

    /// <exception cref="ArgumentException">Not a curve that <see cref="Apply"/> could follow.</exception>
    public void Check()
    {
        if (Slope is { } slope)
        {
            Require(double.IsFinite(slope) && double.IsFinite(Intercept ?? 0), "slope and intercept must be finite");
            return;
        }

        Require(!Scores.IsDefaultOrEmpty && Scores.Length == Probabilities.Length, "as many probabilities as scores are needed, at least one");
        for (var i = 0; i < Scores.Length; i++)
        {
            Require(double.IsFinite(Scores[i]) && (i == 0 || Scores[i] > Scores[i - 1]), $"score {i} does not rise");
            Require(Probabilities[i] is >= 0 and <= 1 && (i == 0 || Probabilities[i] >= Probabilities[i - 1]), $"probability {i} falls or is not in 0…1");
        }
    }

    private static void Require(bool ok, string message)
    {
        if (!ok)
        {
            throw new ArgumentException($"calibration curve: {message}");
        }
    }
}
