using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Signals;

/// <summary>
/// Measures a model's signals against the market, so that a challenger can be compared with the champion.
/// </summary>
/// <param name="modelId">Id of the model.</param>
/// <param name="modelHash">Its hash.</param>
public sealed class ModelTally(string modelId, string modelHash)
{
    /// <summary>Event time after which a direction is compared with the mid.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromSeconds(60);

    /// <summary>Directions that may wait for their mid: the horizon at ten samples per second, plus a reserve.</summary>
    private const int WaitingMax = 1_000;

    private readonly Queue<(Timestamp Due, SignalDirection Direction, decimal Mid)> _waiting = new();
    private long _scored;
    private long _refused;
    private long _failed;
    private long _compared;
    private long _agreed;
    private long _judged;
    private long _hits;
    private Signal? _lastSignal;
    private string? _lastFailure;

    /// <param name="signal">Signal of this model.</param>
    /// <param name="sample">Sample of the signal.</param>
    /// <param name="champion">The champion's signal on the same sample; null when this is the champion.</param>
    public void Add(Signal signal, FeatureSample sample, Signal? champion = null)
    {
        _scored++;
        _lastSignal = signal;
        if (sample.Quote.IsTwoSided)
        {
            Judge(sample.EventTime, sample.Quote.Mid);
            if (signal.IsValid && signal.Direction != SignalDirection.Flat && _waiting.Count < WaitingMax)
            {
                _waiting.Enqueue((sample.EventTime + Horizon, signal.Direction, sample.Quote.Mid));
            }
        }

        if (!signal.IsValid)
        {
            _refused++;
        }
        else if (champion is { IsValid: true })
        {
            _compared++;
            _agreed += signal.Direction == champion.Direction ? 1 : 0;
        }
    }

    public void AddFailure(string message)
    {
        _failed++;
        _lastFailure = message;
    }

    public ModelRun Read() => new()
    {
        ModelId = modelId,
        ModelHash = modelHash,
        Scored = _scored,
        Refused = _refused,
        Failed = _failed,
        Compared = _compared,
        Agreed = _agreed,
        Judged = _judged,
        Hits = _hits,
        LastSignal = _lastSignal,
        LastFailure = _lastFailure,
    };

    private void Judge(Timestamp now, decimal mid)
    {
        while (_waiting.TryPeek(out var oldest) && oldest.Due <= now)
        {
            _waiting.Dequeue();
            _judged++;
            _hits += Math.Sign(mid - oldest.Mid) == (int)oldest.Direction ? 1 : 0;
        }
    }
}
