namespace BtcAgent.Social.Transformers.Tests.Models;

/// <summary>
/// A small encoder with random weights, and its forward pass in plain loops of doubles, one text at a time and without padding: written from the papers
/// (Vaswani and others 2017, Devlin and others 2018), not from the graph that <see cref="TinyGraph"/> writes.
/// </summary>
internal sealed class TinyTransformer
{
    public const int Hidden = 8;
    public const int Heads = 2;
    public const int Inner = 16;
    public const int Layers = 2;
    public const int Positions = 66;

    private const int HeadSize = Hidden / Heads;

    private readonly Random _random;

    public TinyTransformer(int seed, int vocabulary, int labels, bool isRoberta, int padToken)
    {
        (_random, IsRoberta, PadToken) = (new Random(seed), isRoberta, padToken);
        Words = Matrix(vocabulary, Hidden);
        Places = Matrix(Positions, Hidden);
        Types = Matrix(2, Hidden);
        EmbeddingNorm = Norm();
        Blocks = [.. Enumerable.Range(0, Layers).Select(_ => new Block(Line(Hidden, Hidden), Line(Hidden, Hidden), Line(Hidden, Hidden), Line(Hidden, Hidden), Norm(), Line(Hidden, Inner), Line(Inner, Hidden), Norm()))];
        Pool = Line(Hidden, Hidden);
        Out = Line(Hidden, labels);
    }

    public bool IsRoberta { get; }

    public int PadToken { get; }

    public double Epsilon => IsRoberta ? 1e-5 : 1e-12;

    public float[,] Words { get; }

    public float[,] Places { get; }

    public float[,] Types { get; }

    public Scale EmbeddingNorm { get; }

    public Block[] Blocks { get; }

    public Linear Pool { get; }

    public Linear Out { get; }

    /// <summary>The logits of a text.</summary>
    public double[] Forward(int[] tokens)
    {
        var x = tokens.Select((token, i) => Normal(EmbeddingNorm, [.. Enumerable.Range(0, Hidden).Select(h =>
            (double)Words[token, h] + Places[IsRoberta ? i + PadToken + 1 : i, h] + Types[0, h])])).ToArray();
        foreach (var block in Blocks)
        {
            x = Apply(block, x);
        }

        return Times(Out, [.. Times(Pool, x[0]).Select(Math.Tanh)]);
    }

    private double[][] Apply(Block block, double[][] x)
    {
        var (queries, keys, values) = (Map(block.Query), Map(block.Key), Map(block.Value));
        var result = new double[x.Length][];
        for (var i = 0; i < x.Length; i++)
        {
            var seen = new double[Hidden];
            for (var head = 0; head < Heads; head++)
            {
                var from = head * HeadSize;
                var weights = Softmax([.. keys.Select(key => Enumerable.Range(from, HeadSize).Sum(h => queries[i][h] * key[h]) / Math.Sqrt(HeadSize))]);
                for (var h = from; h < from + HeadSize; h++)
                {
                    seen[h] = weights.Select((weight, j) => weight * values[j][h]).Sum();
                }
            }

            var attended = Normal(block.AttentionNorm, Sum(x[i], Times(block.Attended, seen)));
            var inner = Times(block.Up, attended).Select(value => value * 0.5 * (1 + Erf(value / Math.Sqrt(2)))).ToArray();
            result[i] = Normal(block.OutNorm, Sum(attended, Times(block.Down, inner)));
        }

        return result;

        double[][] Map(Linear line) => [.. x.Select(row => Times(line, row))];
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double[] Times(Linear line, double[] x) =>
        [.. Enumerable.Range(0, line.Bias.Length).Select(o => line.Bias[o] + x.Select((value, i) => value * line.Weight[i, o]).Sum())];

    private static double[] Softmax(double[] x)
    {
        var exp = x.Select(value => Math.Exp(value - x.Max())).ToArray();
        return [.. exp.Select(value => value / exp.Sum())];
    }

    private double[] Normal(Scale scale, double[] x)
    {
        var mean = x.Average();
        var deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + Epsilon);
        return [.. x.Select((value, i) => ((value - mean) / deviation * scale.Gain[i]) + scale.Bias[i])];
    }

    /// <summary>The error function by its series (Abramowitz and Stegun 7.1.6).</summary>
    private static double Erf(double x)
    {
        var (term, sum) = (x, x);
        for (var n = 1; n < 200 && Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return Math.Abs(x) > 5 ? Math.Sign(x) : 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private float[,] Matrix(int rows, int columns)
    {
        var matrix = new float[rows, columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                matrix[row, column] = Draw(1.5);
            }
        }

        return matrix;
    }

    private Linear Line(int from, int to) => new(Matrix(from, to), [.. Enumerable.Range(0, to).Select(_ => Draw(0.5))]);

    private Scale Norm() => new([.. Enumerable.Range(0, Hidden).Select(_ => 1 + Draw(0.2))], [.. Enumerable.Range(0, Hidden).Select(_ => Draw(0.2))]);

    private float Draw(double range) => (float)((_random.NextDouble() - 0.5) * 2 * range);

    internal sealed record Linear(float[,] Weight, float[] Bias);

    internal sealed record Scale(float[] Gain, float[] Bias);

    internal sealed record Block(Linear Query, Linear Key, Linear Value, Linear Attended, Scale AttentionNorm, Linear Up, Linear Down, Scale OutNorm);
}
