using System.Text;
using BtcAgent.Models.LightGbm.Forests;

namespace BtcAgent.Models.LightGbm.Native;

/// <summary>A native forest, in training or read from its text. Not thread-safe.</summary>
public sealed unsafe class Booster : IDisposable
{
    private const int AllIterations = -1;
    private const int ImportanceGain = 1;

    private readonly BoosterHandle _handle;

    /// <summary>Keeps the tables alive: the native booster reads their memory for its whole lifetime.</summary>
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
    /// For the command line and training only, never for an untrusted text in a trading process. Our strict parser reads
    /// the text first: on malformed trees native LightGBM loops or writes beyond its arrays.
    /// </summary>
    /// <exception cref="ModelFormatException">The text is not a model.</exception>
    /// <exception cref="LightGbmException">Native LightGBM refused what the parser accepts.</exception>
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
    /// Ends lines in LF and removes tree_sizes, with which native LightGBM would read trees in parallel: an error there,
    /// such as sizes that count other line ends, terminates the process instead of being returned.
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

    /// <summary>Trains one boosting round.</summary>
    /// <returns>False when no further tree could be grown.</returns>
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

    /// <summary>LightGBM's text of the model, without the number of training threads.</summary>
    /// <param name="iterations">Number of rounds to include; null for all.</param>
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

    /// <param name="rows">Row-major, complete rows.</param>
    /// <param name="columns">Features per row, as many as the model has.</param>
    /// <param name="kind">Kind of prediction to compute.</param>
    /// <param name="threads">Threads to use.</param>
    /// <exception cref="ArgumentException">The values are not complete rows of the model's features.</exception>
    public double[] Predict(ReadOnlySpan<float> rows, int columns, PredictionKind kind, int threads = 1)
    {
        if (columns != FeatureCount || rows.Length % columns != 0)
        {
            throw new ArgumentException($"{rows.Length} values are not complete rows of {FeatureCount} features");
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
