using BtcAgent.Domain.Drift;

namespace BtcAgent.Domain.Signals;

/// <summary>A trained model in service, which can be compared with its training and computed again.</summary>
public interface ITrainedModel : ISignalModel
{
    ModelBaseline Baseline { get; }

    /// <summary>Computes the score of a sample by another way than <see cref="ISignalModel.Score"/>.</summary>
    /// <param name="values">The sample's values.</param>
    /// <returns>The range of a correct score.</returns>
    ScoreRange Recompute(ReadOnlySpan<float> values);
}
