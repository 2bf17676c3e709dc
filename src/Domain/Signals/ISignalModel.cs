using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Signals;

/// <summary>
/// A rule or a trained model. Keeps its own state; the same samples in the same order give the same scores.
/// </summary>
public interface ISignalModel
{
    /// <summary>Name and parameters, such as <c>ema-cross(10,20)</c>.</summary>
    string Id { get; }

    /// <summary>Hash of everything that determines a score: parameters, trees.</summary>
    string Hash { get; }

    /// <summary>Time of the newest training data; unknown for a rule, which has none.</summary>
    Timestamp TrainedTo { get; }

    /// <summary>Called with each closed bar in order, before <see cref="Score"/> of the sample that contains it.</summary>
    void OnBar(in Bar bar);

    ModelScore Score(FeatureSample sample);
}
