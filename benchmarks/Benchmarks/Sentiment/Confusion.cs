using BtcAgent.Social.Scoring;

namespace BtcAgent.Benchmarks.Sentiment;

/// <summary>Counts of true and predicted classes.</summary>
internal sealed class Confusion
{
    private readonly int[,] _counts = new int[3, 3];

    public void Add(ToneClass truth, ToneClass predicted) => _counts[(int)truth, (int)predicted]++;

    public double Accuracy => Enumerable.Range(0, 3).Sum(i => _counts[i, i]) / (double)_counts.Cast<int>().Sum();

    /// <summary>The mean of the three classes' F1.</summary>
    public double MacroF1 => Enumerable.Range(0, 3).Average(F1);

    private double F1(int i) => 2.0 * _counts[i, i] / Math.Max(1, Enumerable.Range(0, 3).Sum(j => _counts[i, j] + _counts[j, i]));

    public void Write(string name)
    {
        Console.WriteLine(FormattableString.Invariant($"{name}: accuracy {Accuracy:P1}, macro-F1 {MacroF1 * 100:F1} (F1 negative {F1(0) * 100:F1}, neutral {F1(1) * 100:F1}, positive {F1(2) * 100:F1})"));
        Console.WriteLine("  truth \\ predicted   negative  neutral  positive");
        for (var truth = 0; truth < 3; truth++)
        {
            Console.WriteLine($"  {(ToneClass)truth,-18} {_counts[truth, 0],9} {_counts[truth, 1],8} {_counts[truth, 2],9}");
        }
    }
}
