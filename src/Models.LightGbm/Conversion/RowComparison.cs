using System.Globalization;
using BtcAgent.Models.LightGbm.Forests;

namespace BtcAgent.Models.LightGbm.Conversion;

/// <summary>Counts the differences of one comparison.</summary>
internal sealed class RowComparison
{
    private const int ExamplesMax = 10;

    private readonly ForestEvaluator _evaluator;
    private readonly ConversionCheckOptions _options;
    private readonly double[] _greatestLeaf;
    private readonly bool[][] _reached;
    private readonly List<string> _refusals = [];
    private readonly List<DifferingRow> _examples = [];
    private int _rows;
    private long _branches;
    private double _relative;
    private double _absolute;
    private double _prediction;

    public RowComparison(ForestEvaluator evaluator, ConversionCheckOptions options)
    {
        _evaluator = evaluator;
        _options = options;
        _greatestLeaf = new double[evaluator.Forest.Outputs];
        _reached = [.. evaluator.Forest.Trees.Select(tree => new bool[tree.LeafValues.Length])];
        for (var i = 0; i < evaluator.Forest.Trees.Length; i++)
        {
            ref var greatest = ref _greatestLeaf[i % _greatestLeaf.Length];
            greatest = Math.Max(greatest, evaluator.Forest.Trees[i].LeafValues.Max(Math.Abs));
        }
    }

    public void AddLeaves(float[] rows, int[] due, double[] found)
    {
        var trees = _reached.Length;
        for (var i = 0; i < due.Length; i++)
        {
            if (due[i] >= 0 && due[i] < _reached[i % trees].Length)
            {
                _reached[i % trees][due[i]] = true;
            }

            if (due[i] != found[i])
            {
                _branches++;
                AddExample(rows, i / trees, $"tree {i % trees}: leaf {found[i]}, not {due[i]}");
            }
        }
    }

    public void AddScores(float[] rows, double[] due, double[] raw, double[] predictions)
    {
        var outputs = _greatestLeaf.Length;
        for (var row = 0; row < due.Length / outputs; row++)
        {
            var (passed, at) = (true, row * outputs);
            for (var k = 0; k < outputs; k++)
            {
                var difference = Math.Abs(due[at + k] - raw[at + k]);
                var relative = Relative(difference, Math.Max(Math.Abs(due[at + k]), _greatestLeaf[k]));
                _absolute = Greater(_absolute, difference);
                _relative = Greater(_relative, relative);
                passed &= relative <= _options.MaxRelativeDifference;
            }

            // The prediction is computed from the model's own raw score, whose error is counted above.
            var expected = raw.AsSpan(at, outputs).ToArray();
            _evaluator.Transform(expected);
            for (var k = 0; k < outputs; k++)
            {
                var relative = PredictionDifference(expected[k], predictions[at + k], raw[at + k]);
                _prediction = Greater(_prediction, relative);
                passed &= relative <= _options.MaxRelativeDifference;
            }

            if (!passed)
            {
                AddExample(rows, row, string.Create(CultureInfo.InvariantCulture,
                    $"raw score {raw[at]}, not {due[at]}; prediction {predictions[at]}, not {expected[0]}"));
            }
        }

        _rows += due.Length / outputs;
    }

    public void Refuse(string reason) => _refusals.Add(reason);

    public ConversionReport Report()
    {
        var reasons = _refusals.ToList();
        var limit = _options.MaxRelativeDifference;
        AddReason(reasons, _branches > 0, $"{_branches} branches differ");
        AddReason(reasons, !(_relative <= limit), $"raw scores differ by {_relative:E1}, over {limit:E1}");
        AddReason(reasons, !(_prediction <= limit), $"predictions differ by {_prediction:E1}, over {limit:E1}");
        return new ConversionReport
        {
            Rows = _rows,
            BranchDifferences = _branches,
            MaxRelativeDifference = _relative,
            MaxAbsoluteDifference = _absolute,
            MaxPredictionDifference = _prediction,
            LeafCoverage = (double)_reached.Sum(leaves => leaves.Count(leaf => leaf)) / _reached.Sum(l => l.Length),
            Reasons = [.. reasons],
            Examples = [.. _examples],
        };
    }

    private static void AddReason(List<string> reasons, bool holds, FormattableString reason)
    {
        if (holds)
        {
            reasons.Add(FormattableString.Invariant(reason));
        }
    }

    private void AddExample(float[] rows, int row, string problem)
    {
        if (_examples.Count < ExamplesMax)
        {
            var features = _evaluator.Forest.Features;
            _examples.Add(new DifferingRow(problem, [.. rows.AsSpan(row * features, features)]));
        }
    }

    // Below the smallest normal float a prediction has few digits: the difference is then relative to that float.
    private static double PredictionDifference(double expected, double found, double raw)
    {
        const double LeastNormal = 1.17549435e-38;
        return expected == found ? 0
            : Relative(Math.Abs(expected - found), Math.Max(Math.Abs(expected), LeastNormal) * (1 + Math.Abs(raw)));
    }

    private static double Relative(double difference, double scale) => difference == 0 ? 0 : difference / scale;

    // Unlike Math.Max, this makes it explicit that NaN wins: a NaN must not pass.
    private static double Greater(double greatest, double value) =>
        double.IsNaN(value) || value > greatest ? value : greatest;
}
