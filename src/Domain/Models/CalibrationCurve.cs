using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace BtcAgent.Domain.Models;

/// <summary>
/// Maps a model's raw score to a calibrated probability, as fitted on data that the model has not seen. Stored with the
/// model.
/// </summary>
[GenerateSerializer, Immutable, Alias("CalibrationCurve")]
public sealed record CalibrationCurve
{
    public static CalibrationCurve Identity { get; } = new() { Kind = CalibrationKind.None };

    [Id(0)] public required CalibrationKind Kind { get; init; }

    /// <summary>Isotonic: raw scores, ascending.</summary>
    [Id(1)] public ImmutableArray<double> Xs { get; init; } = [];

    /// <summary>Isotonic: the probability at each raw score, 0…1, non-decreasing.</summary>
    [Id(2)] public ImmutableArray<double> Ys { get; init; } = [];

    /// <summary>Platt: slope; below 0 for a score that rises with the probability.</summary>
    [Id(3)] public double A { get; init; }

    /// <summary>Platt: offset.</summary>
    [Id(4)] public double B { get; init; }

    /// <summary>Returns the probability, 0…1; NaN for NaN. Allocates nothing; O(log n).</summary>
    public double Apply(double raw) => double.IsNaN(raw) ? double.NaN : Kind switch
    {
        CalibrationKind.Isotonic => Interpolate(raw),
        CalibrationKind.Platt => Sigmoid((A * raw) + B),
        _ => Math.Clamp(raw, 0, 1),
    };

    /// <summary>Why the curve is invalid; null when it is valid. For curves from a file.</summary>
    public string? Problem()
    {
        if (Kind == CalibrationKind.Platt)
        {
            return double.IsFinite(A) && double.IsFinite(B) ? null : $"Platt parameters {A} and {B} are not finite";
        }

        if (Kind == CalibrationKind.None)
        {
            return null;
        }

        if (Kind != CalibrationKind.Isotonic || Xs.IsDefaultOrEmpty || Ys.IsDefault || Xs.Length != Ys.Length)
        {
            return $"calibration of kind {Kind} with {(Xs.IsDefault ? 0 : Xs.Length)} scores and {(Ys.IsDefault ? 0 : Ys.Length)} values";
        }

        for (var i = 0; i < Xs.Length; i++)
        {
            var inOrder = i == 0 || (Xs[i] > Xs[i - 1] && Ys[i] >= Ys[i - 1]);
            if (!double.IsFinite(Xs[i]) || Ys[i] is not (>= 0 and <= 1) || !inOrder)
            {
                return $"calibration point {i} ({Xs[i]}, {Ys[i]}) is out of range or order";
            }
        }

        return null;
    }

    public bool Equals(CalibrationCurve? other) =>
        other is not null && Kind == other.Kind && A.Equals(other.A) && B.Equals(other.B)
        && Xs.AsSpan().SequenceEqual(other.Xs.AsSpan()) && Ys.AsSpan().SequenceEqual(other.Ys.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Kind, A, B, Xs.Length, Ys.Length);

    private static double Sigmoid(double negated) =>
        negated >= 0 ? Math.Exp(-negated) / (1 + Math.Exp(-negated)) : 1 / (1 + Math.Exp(negated));

    private double Interpolate(double raw)
    {
        var xs = ImmutableCollectionsMarshal.AsArray(Xs)!;
        var ys = Ys;
        var found = Array.BinarySearch(xs, raw);
        if (found >= 0)
        {
            return ys[found];
        }

        var next = ~found;
        if (next == 0 || next == xs.Length)
        {
            return ys[next == 0 ? 0 : next - 1];
        }

        var share = (raw - xs[next - 1]) / (xs[next] - xs[next - 1]);
        return ys[next - 1] + (share * (ys[next] - ys[next - 1]));
    }
}
