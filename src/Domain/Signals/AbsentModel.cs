using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Signals;

/// <summary>
/// Placeholder while no trained model is assigned: never ready, so that every signal is refused with the reason.
/// </summary>
/// <param name="reason">Why there is no model.</param>
public sealed class AbsentModel(string reason) : ISignalModel
{
    public const string Name = "none";

    public string Id => Name;

    public string Hash => Name;

    public Timestamp TrainedTo => Timestamp.Unknown;

    public void OnBar(in Bar bar)
    {
    }

    public ModelScore Score(FeatureSample sample) => ModelScore.WarmingUp(reason);
}
