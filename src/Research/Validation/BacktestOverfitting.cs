using System.Numerics;

namespace BtcAgent.Research.Validation;

/// <summary>
/// Probability of backtest overfitting by combinatorially symmetric cross-validation: how often the strategy that is best
/// in one half of the time is below the median in the other. Source: Bailey, Borwein, López de Prado, Zhu, The Probability
/// of Backtest Overfitting, 2015.
/// </summary>
/// <param name="Probability">
/// Fraction of the splits whose best is at or below the median out of sample, 0…1; NaN if no strategy is better than another in
/// any split.
/// </param>
/// <param name="Logits">Per split: log(ω/(1 − ω)) of the best strategy's relative rank ω out of sample.</param>
/// <param name="InSampleBest">Per split: Sharpe ratio per period of the best strategy where it was chosen.</param>
/// <param name="OutOfSample">Per split: Sharpe ratio per period of the same strategy in the other half.</param>
public sealed record BacktestOverfitting(
    double Probability, double[] Logits, double[] InSampleBest, double[] OutOfSample)
{
    /// <summary>Largest number of blocks: 16 give 12,870 splits.</summary>
    public const int MaxBlocks = 16;

    /// <param name="returns">Per strategy the returns of the same periods; at least 2 strategies.</param>
    /// <param name="blocks">Even, 2…16; periods at the end that do not fill a block are omitted.</param>
    /// <exception cref="ArgumentException">There are too few strategies or periods, or lengths differ.</exception>
    public static BacktestOverfitting Of(IReadOnlyList<double[]> returns, int blocks = MaxBlocks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks, MaxBlocks);
        ArgumentOutOfRangeException.ThrowIfNotEqual(blocks % 2, 0, nameof(blocks));
        if (returns.Count < 2 || returns.Any(r => r.Length != returns[0].Length) || returns[0].Length < 2 * blocks)
        {
            throw new ArgumentException(
                $"{returns.Count} strategies: at least 2 of the same number of periods are needed, {2 * blocks} or more", nameof(returns));
        }

        var moments = Moments(returns, blocks);
        var (logits, chosen, other) = (new List<double>(), new List<double>(), new List<double>());
        var (inside, outside) = (new double[returns.Count], new double[returns.Count]);
        var length = returns[0].Length / blocks;
        for (var mask = 0u; mask < 1u << blocks; mask++)
        {
            if (BitOperations.PopCount(mask) != blocks / 2)
            {
                continue;
            }

            for (var s = 0; s < returns.Count; s++)
            {
                inside[s] = Sharpe(moments[s], mask, length);
                outside[s] = Sharpe(moments[s], ~mask, length);
            }

            var most = inside.Max();
            var best = Enumerable.Range(0, inside.Length).Where(s => inside[s] == most).ToArray();
            if (best.Length == inside.Length)
            {
                // No trial is better than another: nothing was chosen that could be overfit.
                continue;
            }

            // Any of several equal ones could have been chosen.
            var rank = best.Average(s => RankOf(outside, s)) / (returns.Count + 1);
            logits.Add(Math.Log(rank / (1 - rank)));
            chosen.Add(most);
            other.Add(best.Average(s => outside[s]));
        }

        return new(
            logits.Count == 0 ? double.NaN : logits.Count(l => l <= 0) / (double)logits.Count, [.. logits], [.. chosen], [.. other]);
    }

    private static (double Sum, double Squares)[][] Moments(IReadOnlyList<double[]> returns, int blocks) =>
        [.. returns.Select(r => Enumerable.Range(0, blocks).Select(b =>
        {
            var block = r.AsSpan(b * (r.Length / blocks), r.Length / blocks);
            var (sum, squares) = (0.0, 0.0);
            foreach (var each in block)
            {
                sum += each;
                squares += each * each;
            }

            return (sum, squares);
        }).ToArray())];

    /// <summary>Sharpe ratio per period; 0 for a strategy that never moves.</summary>
    private static double Sharpe((double Sum, double Squares)[] blocks, uint mask, int length)
    {
        double sum = 0, squares = 0;
        var periods = 0;
        for (var b = 0; b < blocks.Length; b++)
        {
            if ((mask & (1u << b)) != 0)
            {
                sum += blocks[b].Sum;
                squares += blocks[b].Squares;
                periods += length;
            }
        }

        var mean = sum / periods;
        var variance = (squares - (sum * mean)) / (periods - 1);
        return variance > 1e-14 * squares / periods ? mean / Math.Sqrt(variance) : 0;
    }

    /// <summary>Rank from 1 for the worst; ties take the mean of their ranks.</summary>
    private static double RankOf(double[] values, int which)
    {
        var (below, same) = (0, 0);
        foreach (var value in values)
        {
            below += value < values[which] ? 1 : 0;
            same += value == values[which] ? 1 : 0;
        }

        return below + ((same + 1) / 2.0);
    }
}
