using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Research.Backtests;

/// <summary>A strategy whose positions <see cref="ProtectiveExits"/> may end: it is flat then, until it wants another position.</summary>
internal sealed class WatchedModel(ISignalModel inner, ProtectiveExits exits) : ISignalModel, IDisposable
{
    /// <summary>True while the sample is that of an exit, which the strategy does not see.</summary>
    public bool IsExiting { get; set; }

    public string Id => inner.Id;

    public string Hash => inner.Hash;

    public Timestamp TrainedTo => inner.TrainedTo;

    public void OnBar(in Bar bar) => inner.OnBar(in bar);

    public ModelScore Score(FeatureSample sample)
    {
        if (IsExiting)
        {
            return new ModelScore(SignalDirection.Flat, 0, 1, double.NaN);
        }

        var score = inner.Score(sample);
        return score.NotReady is null && !exits.Allows((int)score.Direction) ? score with { Direction = SignalDirection.Flat } : score;
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
