using System.Text.Json;
using BtcAgent.Domain.Models;
using BtcAgent.Research.Calibration;
using CsCheck;

namespace BtcAgent.Research.Tests.Calibration;

public sealed class CalibratorTests
{
    /// <summary>Robertson, Wright, Dykstra 1988, eq. 1.2.4: the min-max formula, by which each fitted value is known.</summary>
    [Fact]
    public void Isotonic_RandomRows_EqualsTheMinMaxFormula() =>
        Gen.Select(Gen.Int[0, 12].Array[1, 25], Gen.Bool.Array[25], Gen.Int[1, 4].Array[25]).Sample((raw, outcomes, integers) =>
        {
            var scores = raw.Select(r => (double)r).ToArray();
            var weights = integers[..raw.Length].Select(i => (double)i).ToArray();
            var curve = IsotonicCalibrator.Fit(scores, outcomes.AsSpan(0, raw.Length), weights);
            Assert.Null(curve.Problem());
            foreach (var x in scores)
            {
                var expected = scores.Where(u => u <= x).Max(u => scores.Where(v => v >= x).Min(v => Mean(u, v)));
                Assert.Equal(expected, curve.Apply(x), 12);
            }

            double Mean(double from, double to)
            {
                var inside = Enumerable.Range(0, scores.Length).Where(i => scores[i] >= from && scores[i] <= to).ToArray();
                return inside.Sum(i => outcomes[i] ? weights[i] : 0) / inside.Sum(i => weights[i]);
            }
        }, iter: 300);

    [Fact]
    public void Platt_ScoresOfAKnownSigmoid_FindsIt()
    {
        var random = new Random(2);
        var scores = Enumerable.Range(0, 40_000).Select(_ => (random.NextDouble() * 6) - 3).ToArray();
        var outcomes = scores.Select(s => random.NextDouble() < 1 / (1 + Math.Exp((-1.5 * s) + 0.4))).ToArray();
        var curve = PlattCalibrator.Fit(scores, outcomes);

        Assert.InRange(curve.A, -1.56, -1.44);
        Assert.InRange(curve.B, 0.34, 0.46);

        // At the optimum the weighted residuals against the targets vanish.
        var (positives, negatives) = (outcomes.Count(o => o), outcomes.Count(o => !o));
        var residuals = scores.Select((s, i) => (s, r: curve.Apply(s)
            - (outcomes[i] ? (positives + 1.0) / (positives + 2) : 1.0 / (negatives + 2)))).ToList();
        Assert.Equal(0, residuals.Average(x => x.r), 7);
        Assert.Equal(0, residuals.Average(x => x.r * x.s), 7);
    }

    [Fact]
    public void Platt_SeparableRows_StaysFinite()
    {
        var curve = PlattCalibrator.Fit([-2, -1, 1, 2], [false, false, true, true]);

        Assert.Null(curve.Problem());
        Assert.InRange(curve.Apply(2), 0.6, 0.99);
        Assert.InRange(curve.Apply(-2), 0.01, 0.4);
    }

    /// <summary>Chance in a short validation window must not turn a score upside down; the isotonic curve cannot fall either.</summary>
    [Fact]
    public void Platt_OutcomesFallWithTheScore_GivesTheBaseRate()
    {
        var scores = Enumerable.Range(0, 100).Select(i => i / 50.0).ToArray();
        var outcomes = scores.Select((s, i) => i < 50 ? i % 10 < 8 : i % 10 < 4).ToArray();

        var curve = PlattCalibrator.Fit(scores, outcomes);

        // 60 of 100 outcomes, with Platt's targets (60 + 1) / (60 + 2) and 1 / (40 + 2).
        Assert.Equal(0, curve.A);
        Assert.Equal(((60 * 61.0 / 62) + (40 * 1.0 / 42)) / 100, curve.Apply(0), 12);
        Assert.Equal(curve.Apply(0), curve.Apply(2));
    }

    /// <summary>Of constant scores only the base rate is known, whatever split of it into slope and offset is found.</summary>
    [Fact]
    public void Platt_ConstantScores_GiveTheBaseRate() =>
        Assert.Equal(0.5, PlattCalibrator.Fit([0.3, 0.3, 0.3, 0.3], [true, false, true, false]).Apply(0.3), 6);

    [Fact]
    public void Platt_WholeWeights_EqualRepeatedRows()
    {
        // Platt's targets count rows, so that a weight of two is a row twice.
        var twice = PlattCalibrator.Fit([0.1, 0.1, 0.7, 0.9, 0.4], [false, false, true, true, true]);
        var weighted = PlattCalibrator.Fit([0.1, 0.7, 0.9, 0.4], [false, true, true, true], [2, 1, 1, 1]);

        Assert.Equal(twice.A, weighted.A, 6);
        Assert.Equal(twice.B, weighted.B, 6);
    }

    [Fact]
    public void Curve_ThroughJson_IsTheSame()
    {
        foreach (var curve in new[] { IsotonicCalibrator.Fit([1, 2, 3], [false, true, true]), PlattCalibrator.Fit([1, 2], [false, true]) })
        {
            var json = JsonSerializer.Serialize(curve);
            Assert.Equal(curve, JsonSerializer.Deserialize<CalibrationCurve>(json));
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<CalibrationCurve>(json)));
        }
    }

    [Fact]
    public void Curve_BetweenAndBeyondPoints_IsLinearAndFlat()
    {
        var curve = new CalibrationCurve { Kind = CalibrationKind.Isotonic, Xs = [1, 3], Ys = [0.2, 0.6] };

        Assert.Equal([0.2, 0.2, 0.4, 0.6, 0.6], new[] { 0, 1, 2, 3, 9.0 }.Select(curve.Apply), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.True(double.IsNaN(curve.Apply(double.NaN)));
        Assert.NotNull((curve with { Ys = [0.6, 0.2] }).Problem());
        Assert.NotNull((curve with { Xs = [1] }).Problem());
    }

    [Fact]
    public void Reliability_KnownRows_GivesTheFiguresByHand()
    {
        var figures = ReliabilityFigures.Of([0.1, 0.1, 0.9, 0.8], [false, true, true, true], bins: 2);

        Assert.Equal((2, 0.1, 0.5), (figures.Bins[0].Count, figures.Bins[0].Predicted, figures.Bins[0].Observed));
        Assert.Equal((2, 1.0), (figures.Bins[1].Count, figures.Bins[1].Observed));
        Assert.Equal((0.01 + 0.81 + 0.01 + 0.04) / 4, figures.Brier, 12);
        Assert.Equal((0.5 * 0.4) + (0.5 * 0.15), figures.ExpectedCalibrationError, 12);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.1) + Math.Log(0.9) + Math.Log(0.8)) / 4, figures.LogLoss, 12);
        Assert.Equal((0.5 + 1 + 1) / 3, figures.Auc, 12);
        Assert.True(double.IsNaN(ReliabilityFigures.RankAuc([1, 2], [true, true])));
    }
}
