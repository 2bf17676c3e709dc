using BtcAgent.Domain.Models;

namespace BtcAgent.Research.Calibration;

/// <summary>
/// Fits the non-decreasing step function nearest to the outcomes in weighted squares, by pooling adjacent violators, O(n
/// log n). Sources: Ayer, Brunk, Ewing, Reid, Silverman 1955; Zadrozny, Elkan 2002.
/// </summary>
public static class IsotonicCalibrator
{
    /// <param name="scores">Raw scores.</param>
    /// <param name="outcomes">True where the event happened.</param>
    /// <param name="weights">At least 0; empty for equal weights.</param>
    /// <returns>Both ends of each step, with straight lines between steps.</returns>
    /// <exception cref="ArgumentException">There are no rows, all weights are zero, or values are invalid.</exception>
    public static CalibrationCurve Fit(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> outcomes, ReadOnlySpan<double> weights = default)
    {
        CalibrationSample.Check(scores, outcomes, weights);
        var blocks = Pool(scores, outcomes, weights);
        if (blocks.Count == 0)
        {
            throw new ArgumentException("all weights are zero", nameof(weights));
        }

        var (xs, ys) = (new List<double>(), new List<double>());
        foreach (var block in blocks)
        {
            var value = Math.Clamp(block.Sum / block.Weight, 0, 1);
            xs.Add(block.From);
            ys.Add(value);
            if (block.To > block.From)
            {
                xs.Add(block.To);
                ys.Add(value);
            }
        }

        return new CalibrationCurve { Kind = CalibrationKind.Isotonic, Xs = [.. xs], Ys = [.. ys] };
    }

    private static List<Block> Pool(ReadOnlySpan<double> scores, ReadOnlySpan<bool> outcomes, ReadOnlySpan<double> weights)
    {
        var keys = scores.ToArray();
        var order = new int[keys.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(keys, order);
        var blocks = new List<Block>();
        for (var i = 0; i < order.Length;)
        {
            // Equal scores form one point, whatever their order.
            var block = new Block(keys[i], keys[i], 0, 0);
            for (var x = keys[i]; i < order.Length && keys[i] == x; i++)
            {
                var weight = weights.IsEmpty ? 1 : weights[order[i]];
                block = block with { Sum = block.Sum + (outcomes[order[i]] ? weight : 0), Weight = block.Weight + weight };
            }

            if (block.Weight == 0)
            {
                continue;
            }

            while (blocks.Count > 0 && blocks[^1].Sum * block.Weight >= block.Sum * blocks[^1].Weight)
            {
                var before = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                block = new Block(before.From, block.To, before.Sum + block.Sum, before.Weight + block.Weight);
            }

            blocks.Add(block);
        }

        return blocks;
    }

    private readonly record struct Block(double From, double To, double Sum, double Weight);
}
