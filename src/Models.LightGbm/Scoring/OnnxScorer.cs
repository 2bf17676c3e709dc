namespace BtcAgent.Models.LightGbm.Scoring;

/// <summary>Scores rows for one caller through pre-bound buffers; not thread-safe.</summary>
public sealed class OnnxScorer : IDisposable
{
    /// <summary>Rows that <see cref="ScoreMany"/> passes to the session at once.</summary>
    private const int BatchRows = 512;

    private readonly OnnxModel _model;
    private readonly BoundRows _one;
    private BoundRows? _batch;
    private bool _disposed;

    internal OnnxScorer(OnnxModel model)
    {
        _model = model;
        _one = model.Bind(1);
    }

    /// <summary>Values per row.</summary>
    public int Features => _model.Features;

    /// <summary>Scores per row: 1, or the number of classes.</summary>
    public int Outputs => _model.Outputs;

    /// <summary>Scores one row of a model with one output. Allocates nothing.</summary>
    /// <param name="features">In the model's feature order; NaN where missing.</param>
    /// <param name="rawScore">Sum of the leaves.</param>
    /// <param name="probability">The prediction: a probability, or a value by the objective.</param>
    public void Score(ReadOnlySpan<float> features, out double rawScore, out double probability)
    {
        rawScore = 0;
        probability = 0;
        Score(features, new Span<double>(ref rawScore), new Span<double>(ref probability));
    }

    /// <summary>Scores one row. Allocates nothing.</summary>
    /// <param name="features">In the model's feature order; NaN where missing.</param>
    /// <param name="rawScores">Receives <see cref="Outputs"/> values.</param>
    /// <param name="probabilities">Receives <see cref="Outputs"/> values.</param>
    public void Score(ReadOnlySpan<float> features, Span<double> rawScores, Span<double> probabilities)
    {
        Check(1, features.Length, rawScores.Length, probabilities.Length);
        _one.Run(features, rawScores, probabilities);
    }

    /// <summary>Scores many rows in batches; faster than row by row.</summary>
    /// <param name="rows">Row by row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="rawScores">Receives count × <see cref="Outputs"/> values, row by row.</param>
    /// <param name="probabilities">Receives count × <see cref="Outputs"/> values, row by row.</param>
    public void ScoreMany(
        ReadOnlySpan<float> rows, int count, Span<double> rawScores, Span<double> probabilities)
    {
        Check(count, rows.Length, rawScores.Length, probabilities.Length);
        for (var done = 0; done < count;)
        {
            var now = Math.Min(BatchRows, count - done);
            var features = rows.Slice(done * Features, now * Features);
            var raw = rawScores.Slice(done * Outputs, now * Outputs);
            var probability = probabilities.Slice(done * Outputs, now * Outputs);
            if (now == BatchRows)
            {
                _batch ??= _model.Bind(BatchRows);
                _batch.Run(features, raw, probability);
            }
            else
            {
                using var rest = _model.Bind(now);
                rest.Run(features, raw, probability);
            }

            done += now;
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _one.Dispose();
        _batch?.Dispose();
        _model.Release();
    }

    private void Check(int rows, int features, int rawScores, int probabilities)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (features != rows * Features || rawScores != rows * Outputs || probabilities != rawScores)
        {
            throw new ArgumentException($"{features} features and room for {rawScores} and {probabilities} scores, but "
                + $"{rows} rows of the model have {rows * Features} and {rows * Outputs}");
        }
    }
}
