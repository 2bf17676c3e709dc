namespace BtcAgent.Models.LightGbm.Scoring;

/// <summary>Scores rows for one caller through pre-bound buffers; not thread-safe.</summary>
public sealed class OnnxScorer : IDisposable
{
    private readonly OnnxModel _model;
    private readonly BoundRows _one;
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
        Check(features.Length, rawScores.Length, probabilities.Length);
        _one.Run(features, rawScores, probabilities);
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _one.Dispose();
        _model.Release();
    }

    private void Check(int features, int rawScores, int probabilities)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (features != Features || rawScores != Outputs || probabilities != rawScores)
        {
            throw new ArgumentException($"{features} features and room for {rawScores} and {probabilities} scores, but "
                + $"a row of the model has {Features} and {Outputs}");
        }
    }
}
