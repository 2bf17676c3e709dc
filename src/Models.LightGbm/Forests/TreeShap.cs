namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>
/// Adds one tree's contributions. A path element is a feature on the path with the fraction of rows that follow it when the
/// feature is unknown (Zero) and known (One), and the weight of all feature sets of its size. The parser bounds the depth.
/// </summary>
internal sealed class TreeShap(Tree tree, double[] row, double[] contributions)
{
    private PathElement[] _path = new PathElement[64];

    public void Add() => Walk(0, 0, 0, 1, 1, -1);

    /// <param name="node">A split, or ~leaf.</param>
    /// <param name="from">Start of the parent's path in the buffer.</param>
    /// <param name="length">Number of elements of the parent's path.</param>
    /// <param name="zero">Fraction of the last split's rows that come here when its feature is unknown.</param>
    /// <param name="one">1 when this row comes here by the last split, otherwise 0.</param>
    /// <param name="feature">Feature of the last split; −1 at the root.</param>
    private void Walk(int node, int from, int length, double zero, double one, int feature)
    {
        var start = from + length;
        Reserve(start + length + 1);
        _path.AsSpan(from, length).CopyTo(_path.AsSpan(start));
        Extend(start, length, zero, one, feature);
        var depth = length;
        if (node < 0)
        {
            AddLeaf(_path.AsSpan(start, depth + 1), tree.LeafValues[~node]);
            return;
        }

        var split = tree.Splits[node];
        var hot = split.Next(row[split.Feature]);
        var cold = hot == split.Left ? split.Right : split.Left;
        var (knownZero, knownOne) = (1.0, 1.0);
        for (var i = 1; i <= depth; i++)
        {
            if (_path[start + i].Feature == split.Feature)
            {
                (knownZero, knownOne) = (_path[start + i].Zero, _path[start + i].One);
                Unwind(_path.AsSpan(start, depth + 1), i);
                depth--;
                break;
            }
        }

        var rows = Rows(node);
        Walk(hot, start, depth + 1, Rows(hot) / rows * knownZero, knownOne, split.Feature);
        Walk(cold, start, depth + 1, Rows(cold) / rows * knownZero, 0, split.Feature);
    }

    private double Rows(int node) => node < 0 ? tree.LeafRows[~node] : tree.SplitRows[node];

    private void Reserve(int length)
    {
        if (length > _path.Length)
        {
            Array.Resize(ref _path, Math.Max(length, 2 * _path.Length));
        }
    }

    private void Extend(int start, int depth, double zero, double one, int feature)
    {
        var path = _path.AsSpan(start, depth + 1);
        path[depth] = new PathElement { Feature = feature, Zero = zero, One = one, Weight = depth == 0 ? 1 : 0 };
        for (var i = depth - 1; i >= 0; i--)
        {
            path[i + 1].Weight += one * path[i].Weight * (i + 1) / (depth + 1);
            path[i].Weight = zero * path[i].Weight * (depth - i) / (depth + 1);
        }
    }

    private static void Unwind(Span<PathElement> path, int index)
    {
        var depth = path.Length - 1;
        var (zero, one, next) = (path[index].Zero, path[index].One, path[depth].Weight);
        for (var i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var before = path[i].Weight;
                path[i].Weight = next * (depth + 1) / ((i + 1) * one);
                next = before - (path[i].Weight * zero * (depth - i) / (depth + 1));
            }
            else
            {
                path[i].Weight = path[i].Weight * (depth + 1) / (zero * (depth - i));
            }
        }

        for (var i = index; i < depth; i++)
        {
            path[i] = path[i + 1] with { Weight = path[i].Weight };
        }
    }

    private void AddLeaf(ReadOnlySpan<PathElement> path, double value)
    {
        for (var i = 1; i < path.Length; i++)
        {
            contributions[path[i].Feature] += UnwoundSum(path, i) * (path[i].One - path[i].Zero) * value;
        }
    }

    /// <summary>Sum of the weights without one element.</summary>
    private static double UnwoundSum(ReadOnlySpan<PathElement> path, int index)
    {
        var depth = path.Length - 1;
        var (zero, one, next, sum) = (path[index].Zero, path[index].One, path[depth].Weight, 0.0);
        for (var i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var taken = next * (depth + 1) / ((i + 1) * one);
                sum += taken;
                next = path[i].Weight - (taken * zero * (depth - i) / (depth + 1));
            }
            else
            {
                sum += path[i].Weight / zero * (depth + 1) / (depth - i);
            }
        }

        return sum;
    }

    private record struct PathElement
    {
        public int Feature;
        public double Zero;
        public double One;
        public double Weight;
    }
}
