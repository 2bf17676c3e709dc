using System.Numerics;

namespace BtcAgent.Research.Labels;

/// <summary>
/// Finds the first value from an index on that reaches a bound, in O(log n), with a binary tree of maxima.
/// </summary>
internal sealed class ExtremaTree
{
    private readonly double[] _maxima;
    private readonly int _leaves;
    private readonly double _sign;

    /// <param name="values">Finite values.</param>
    /// <param name="highest">True to search for values at or above a bound; false for values at or below it.</param>
    public ExtremaTree(ReadOnlySpan<double> values, bool highest)
    {
        _sign = highest ? 1 : -1;
        _leaves = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, values.Length));
        _maxima = new double[2 * _leaves];
        Array.Fill(_maxima, double.NegativeInfinity);
        for (var i = 0; i < values.Length; i++)
        {
            _maxima[_leaves + i] = _sign * values[i];
        }

        for (var i = _leaves - 1; i > 0; i--)
        {
            _maxima[i] = Math.Max(_maxima[2 * i], _maxima[(2 * i) + 1]);
        }
    }

    /// <summary>Index of the first value from <paramref name="from"/> on that reaches the bound; −1 if none.</summary>
    public int FirstReaching(double bound, int from)
    {
        bound *= _sign;
        var node = _leaves + from;
        while (_maxima[node] < bound)
        {
            // Moves up while this is a right child, then to the subtree on the right.
            while ((node & 1) == 1)
            {
                node >>= 1;
            }

            if (node == 0)
            {
                return -1;
            }

            node++;
        }

        while (node < _leaves)
        {
            node = _maxima[2 * node] >= bound ? 2 * node : (2 * node) + 1;
        }

        return node - _leaves;
    }
}
