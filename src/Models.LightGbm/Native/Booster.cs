using System.Text;
using BtcAgent.Models.LightGbm.Forests;

namespace BtcAgent.Models.LightGbm.Native;

/// <summary>A native forest, being trained or read from its text. Not thread-safe.</summary>
public sealed unsafe class Booster : IDisposable
{
    private const int AllIterations = -1;
    private const int ImportanceGain = 1;

    private readonly BoosterHandle _handle;

    /// <summary>The native booster reads their memory for as long as it lives: none may be collected before it.</summary>
    private readonly List<TrainingTable> _tables = [];

    private Booster(nint handle) => _handle = new BoosterHandle(handle);

    /// <exception cref="LightGbmException">LightGBM refused a parameter.</exception>
    public Booster(TrainingTable train, TrainingOptions options)
    {
        LightGbmApi.Check(LightGbmApi.BoosterCreate(train.Handle, options.ToText(), out var handle));
        _handle = new BoosterHandle(handle);
        _tables.Add(train);
    }

    public int FeatureCount
    {
        get
        {
            LightGbmApi.Check(LightGbmApi.BoosterGetNumFeature(_handle, out var count));
            return count;
        }
    }

    public int ClassCount
    {
        get
        {
            LightGbmApi.Check(LightGbmApi.BoosterGetNumClasses(_handle, out var count));
            return count;
        }
    }

    /// <summary>Rounds trained or read.</summary>
    public int Iterations
    {
        get
        {
            LightGbmApi.Check(LightGbmApi.BoosterGetCurrentIteration(_handle, out var iteration));
            return iteration;
        }
    }

    /// <summary>
    /// For the command line and training only, never for a text from outside within a trading process. The text is read by our
    /// own strict parser first: native LightGBM loops or writes beyond its arrays on trees that are none.
    /// </summary>
    /// <exception cref="ModelFormatException">Not the text of a model.</exception>
    /// <exception cref="LightGbmException">Native LightGBM refused what the parser takes.</exception>
    public static Booster FromText(string text)
    {
        Forest.Parse(text);
        LightGbmLibrary.EnsureLoaded();
        var bytes = Encoding.UTF8.GetBytes(ReadInOrder(text) + '\0');
        fixed (byte* start = bytes)
        {
            LightGbmApi.Check(LightGbmApi.BoosterLoadModelFromString(start, out _, out var handle));
            return new Booster(handle);
        }
    }

    /// <summary>
    /// Lines that end in LF, without tree_sizes: by them native LightGBM reads trees in parallel, and an error there, such as
    /// sizes that count other line ends, terminates the process instead of being returned.
    /// </summary>
    private static string ReadInOrder(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        return string.Join('\n', lines.Where(line => !line.StartsWith("tree_sizes=", StringComparison.Ordinal)));
    }

    public void AddValidation(TrainingTable table)
    {
        LightGbmApi.Check(LightGbmApi.BoosterAddValidData(_handle, table.Handle));
        _tables.Add(table);
    }

    /// <summary>One round of boosting.</summary>
    /// <returns>False when no tree could be grown any more.</returns>
    public bool Update()
    {
        LightGbmApi.Check(LightGbmApi.BoosterUpdateOneIter(_handle, out var isFinished));
        return isFinished == 0;
    }

    /// <param name="table">0 is the training table, 1 the first validation table.</param>
    public double[] Evaluate(int table)
    {
        LightGbmApi.Check(LightGbmApi.BoosterGetEvalCounts(_handle, out var count));
        var results = new double[count];
        fixed (double* first = results)
        {
            LightGbmApi.Check(LightGbmApi.BoosterGetEval(_handle, table, out _, first));
        }

        return results;
    }

    /// <summary>Total gain of the splits on each feature.</summary>
    public double[] FeatureGains()
    {
        var gains = new double[FeatureCount];
        fixed (double* first = gains)
        {
            LightGbmApi.Check(LightGbmApi.BoosterFeatureImportance(_handle, AllIterations, ImportanceGain, first));
        }

        return gains;
    }

    /// <summary>LightGBM's text of the model, without the number of threads it was trained on.</summary>
    /// <param name="iterations">How many of the first rounds; null for all.</param>
    public string ToText(int? iterations = null)
    {
        LightGbmApi.Check(LightGbmApi.BoosterSaveModelToString(
            _handle, 0, iterations ?? AllIterations, ImportanceGain, 0, out var needed, null));
        var buffer = new byte[needed];
        fixed (byte* start = buffer)
        {
            LightGbmApi.Check(LightGbmApi.BoosterSaveModelToString(
                _handle, 0, iterations ?? AllIterations, ImportanceGain, needed, out _, start));
        }

        var text = Encoding.UTF8.GetString(buffer.AsSpan(0, (int)needed - 1));
        var lines = text.Split('\n').Where(l => !l.StartsWith("[num_threads:", StringComparison.Ordinal));
        return string.Join('\n', lines);
    }

    /// <param name="rows">Row-major, whole rows.</param>
    /// <param name="columns">Features per row; those of the model.</param>
    /// <param name="kind">What to compute.</param>
    /// <param name="threads">Threads to use.</param>
    /// <exception cref="ArgumentException">Not whole rows of the model's features.</exception>
    public double[] Predict(ReadOnlySpan<float> rows, int columns, PredictionKind kind, int threads = 1)
    {
        if (columns != FeatureCount || rows.Length % columns != 0)
        {
            throw new ArgumentException($"{rows.Length} values are not whole rows of {FeatureCount} features");
        }

        var count = rows.Length / columns;
        LightGbmApi.Check(LightGbmApi.BoosterCalcNumPredict(_handle, count, (int)kind, 0, AllIterations, out var length));
        var results = new double[length];
        fixed (float* data = rows)
        fixed (double* first = results)
        {
            LightGbmApi.Check(LightGbmApi.BoosterPredictForMat(
                _handle, data, LightGbmApi.Float32, count, columns, LightGbmApi.RowMajor, (int)kind, 0, AllIterations,
                $"num_threads={threads} predict_disable_shape_check=false", out _, first));
        }

        return results;
    }

    public void Dispose() => _handle.Dispose();
}
