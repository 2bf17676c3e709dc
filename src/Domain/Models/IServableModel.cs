using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Models;

/// <summary>A trained model that has been opened. Safe for use by many callers at once.</summary>
public interface IServableModel
{
    ModelDescription Description { get; }

    /// <summary>A scorer for one caller: not thread-safe, to be disposed of when it is <see cref="IDisposable"/>.</summary>
    /// <param name="schema">Of the samples that will be scored.</param>
    /// <exception cref="ModelRefusedException">Trained on another schema, or on a feature that it lacks.</exception>
    ISignalModel CreateSignalModel(FeatureSchema schema);

    /// <param name="features">One sample in the order of the description's features.</param>
    /// <exception cref="ArgumentException">Not as many values as the model has features.</exception>
    ModelExplanation Explain(ReadOnlySpan<float> features);
}
