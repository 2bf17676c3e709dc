using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Grains.Measurement;

namespace BtcAgent.Grains.Signals;

/// <summary>A model scored in parallel with the champion; its signals reach its virtual account, and a canary's its portfolio.</summary>
internal sealed class Challenger(SignalEngine engine, ModelWatches watches, TimeProvider time) : IDisposable
{
    private readonly ModelTally _tally = new(engine.Model.Id, engine.Model.Hash);
    private readonly KeyValuePair<string, object?> _tag = new("model", engine.Model.Id);
    private string? _lastFailure;

    public string ModelId => engine.Model.Id;

    public ModelRun Run => _tally.Read();

    /// <summary>Signal on the last sample; null when it failed.</summary>
    public Signal? Scored { get; private set; }

    /// <returns>The failure, if it differs from the previous one.</returns>
    public Exception? Score(FeatureSample sample, Signal champion, VirtualAccounts accounts)
    {
        Scored = null;
        try
        {
            var started = time.GetTimestamp();
            var signal = engine.Evaluate(sample);
            Scored = signal;
            watches.Add(engine.Model, sample, signal, time.GetElapsedTime(started));
            _tally.Add(signal, sample, champion);
            accounts.OnSample(sample, signal);
            AgentMeter.ShadowScores.Add(1, _tag);
            return null;
        }
        catch (Exception e)
        {
            _tally.AddFailure(e.Message);
            accounts.OnFailure(sample, ModelId);
            AgentMeter.ShadowFailures.Add(1, _tag);
            var isNew = e.Message != _lastFailure;
            _lastFailure = e.Message;
            return isNew ? e : null;
        }
    }

    public void Dispose() => (engine.Model as IDisposable)?.Dispose();
}
