using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Training;

/// <summary>The folds' scores of rows that they had not seen.</summary>
internal sealed class OutOfSampleScores
{
    private static readonly TradingPolicy NoTrade = new(1, 1, 0, 0);

    private readonly TradingPolicy?[] _policies;

    public OutOfSampleScores(int rows)
    {
        Raw = new double[rows];
        Probabilities = new double[rows];
        _policies = new TradingPolicy?[rows];
        Array.Fill(Raw, double.NaN);
        Array.Fill(Probabilities, double.NaN);
    }

    /// <summary>Raw scores by row; NaN where no fold tested.</summary>
    public double[] Raw { get; }

    /// <summary>Calibrated probabilities by row; NaN where no fold tested.</summary>
    public double[] Probabilities { get; }

    public TradingPolicy PolicyAt(int row) => _policies[row] ?? NoTrade;

    public void Set(int row, double raw, double probability, TradingPolicy policy)
    {
        Raw[row] = raw;
        Probabilities[row] = probability;
        _policies[row] = policy;
    }

    /// <summary>Scores and outcomes of the tested rows with a known label.</summary>
    public (double[] Raw, double[] Probabilities, bool[] Outcomes) Judged(LabelSet labels, int from = 0, int? to = null)
    {
        var (raw, probabilities, outcomes) = (new List<double>(), new List<double>(), new List<bool>());
        for (var row = from; row < (to ?? Raw.Length); row++)
        {
            if (!double.IsNaN(Raw[row]) && labels.TryGetTarget(row, out var target))
            {
                raw.Add(Raw[row]);
                probabilities.Add(Probabilities[row]);
                outcomes.Add(target > 0.5f);
            }
        }

        return ([.. raw], [.. probabilities], [.. outcomes]);
    }
}
