using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Grains.Signals;

/// <summary>A model scored beside the champion; whatever it does, it is only counted.</summary>
internal sealed class Challenger(SignalEngine engine) : IDisposable
{
    private readonly ModelTally _tally = new(engine.Model.Id, engine.Model.Hash);
    private string? _lastFailure;

    public string ModelId => engine.Model.Id;

    public ModelRun Run => _tally.Read();

    /// <returns>The failure, when it is another than the last one.</returns>
    public Exception? Score(FeatureSample sample, Signal champion)
    {
        try
        {
            _tally.Add(engine.Evaluate(sample), sample, champion);
            return null;
        }
        catch (Exception e)
        {
            _tally.AddFailure(e.Message);
            var isNew = e.Message != _lastFailure;
            _lastFailure = e.Message;
            return isNew ? e : null;
        }
    }

    public void Dispose() => (engine.Model as IDisposable)?.Dispose();
}
