using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Signals;

/// <summary>A rule or a trained model. Keeps what state it needs; the same samples in the same order give the same scores.</summary>
public interface ISignalModel
{
    /// <summary>Name and parameters, such as <c>ema-cross(10,20)</c>.</summary>
    string Id { get; }

    /// <summary>Hash of all that decides a score: parameters, trees.</summary>
    string Hash { get; }

    /// <summary>Time of the newest data that it was trained on; unknown for a rule, which is trained on none.</summary>
    Timestamp TrainedTo { get; }

    /// <summary>A bar has closed; called in order, before <see cref="Score"/> of the sample that carries it.</summary>
    void OnBar(in Bar bar);

    ModelScore Score(FeatureSample sample);
}
