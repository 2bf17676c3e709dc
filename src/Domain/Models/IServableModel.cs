using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Models;

/// <summary>An opened trained model. Thread-safe.</summary>
public interface IServableModel
{
    ModelDescription Description { get; }

    /// <summary>Creates a scorer for one caller: not thread-safe; dispose it if it is <see cref="IDisposable"/>.</summary>
    /// <param name="schema">Schema of the samples to score.</param>
    /// <exception cref="ModelRefusedException">The model was trained on another schema, or on a feature that this one
    /// lacks.</exception>
    ISignalModel CreateSignalModel(FeatureSchema schema);

    /// <param name="features">One sample in the order of the description's features.</param>
    /// <exception cref="ArgumentException">The number of values differs from the number of features.</exception>
    ModelExplanation Explain(ReadOnlySpan<float> features);
}
