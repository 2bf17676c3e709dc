using System.Collections.Immutable;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Snapshots;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Signals;

/// <summary>
/// The watches of one strategy's trained models, champion and challengers, by model. They take samples after the turn that decided
/// them, never fail a decision, and are stored about once a minute: a crash loses their last minute. A rule has no watch.
/// </summary>
/// <param name="strategy">Name for logs.</param>
/// <param name="options">Settings.</param>
/// <param name="costBps">Cost of one side of a position, in basis points.</param>
/// <param name="state">State of the grain.</param>
/// <param name="writer">Writes it.</param>
/// <param name="time">The agent's clock.</param>
/// <param name="logger">Log.</param>
internal sealed partial class ModelWatches(
    string strategy, ModelWatchOptions options, decimal costBps, SignalGrainState state, MemoryWriter writer, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan StoreEvery = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<string, WatchedModel> _watched = new(StringComparer.Ordinal);
    private long _takenAt = time.GetTimestamp();
    private bool _hasChanged;
    private string? _lastFailure;

    /// <summary>The state of each watch.</summary>
    public ImmutableArray<ModelWatchReading> Readings =>
        [.. _watched.Values.Select(watched => watched.Watch.Read(watched.Model.Id, watched.Model.TrainedTo))];

    /// <summary>Takes a sample of the champion once the caller's turn has ended, and stores the watches when that is due.</summary>
    public async Task AddAfterTurn(ISignalModel model, FeatureSample sample, Signal signal, TimeSpan scoring)
    {
        await Task.Yield();
        Add(model, sample, signal, scoring);
        if (time.GetElapsedTime(_takenAt) >= StoreEvery && Take())
        {
            await writer.WriteAsync();
        }
    }

    /// <summary>Takes a scored sample of a model; nothing happens for a rule.</summary>
    /// <param name="model">The model that scored it.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="signal">The model's signal.</param>
    /// <param name="scoring">How long the scoring took.</param>
    public void Add(ISignalModel model, FeatureSample sample, Signal signal, TimeSpan scoring)
    {
        if (!options.Enabled || model is not ITrainedModel trained)
        {
            return;
        }

        try
        {
            var watch = WatchOf(trained);
            var mid = sample.Quote.IsTwoSided ? (double)sample.Quote.Mid : (double?)null;
            watch.Add(sample.EventTime, sample.Values.AsSpan(), signal.Score, mid, (int)signal.Direction, scoring.TotalMilliseconds > options.ScoreMsMax);
            _hasChanged = true;
            if (options.ParityEvery > 0 && watch.Scored % options.ParityEvery == 0 && !double.IsNaN(signal.Score))
            {
                Recompute(trained, watch, sample, signal.Score);
            }
        }
        catch (Exception e)
        {
            if (e.Message != _lastFailure)
            {
                LogFailed(logger, strategy, model.Id, e);
            }

            _lastFailure = e.Message;
        }
    }

    /// <summary>Forgets the models that serve no longer.</summary>
    public void Keep(IReadOnlyCollection<string> modelIds)
    {
        foreach (var gone in _watched.Keys.Except(modelIds).ToArray())
        {
            _watched.Remove(gone);
            _hasChanged = true;
        }

        state.Watches = state.Watches.RemoveAll(stored => !modelIds.Contains(stored.ModelId));
    }

    /// <summary>Puts the watches into the state now.</summary>
    /// <returns>True when there is a state to write.</returns>
    public bool Take()
    {
        _takenAt = time.GetTimestamp();
        if (!_hasChanged)
        {
            return false;
        }

        // Stored ones whose model has not scored since the start are kept.
        state.Watches =
        [
            .. state.Watches.Where(stored => !_watched.ContainsKey(stored.ModelId)),
            .. _watched.Values.Select(watched => new SavedWatch { ModelId = watched.Model.Id, ModelHash = watched.Model.Hash, Image = SealedImage.Take(watched.Watch) }),
        ];
        _hasChanged = false;
        return true;
    }

    private ModelWatch WatchOf(ITrainedModel model)
    {
        if (_watched.TryGetValue(model.Id, out var known))
        {
            if (ReferenceEquals(known.Model, model))
            {
                return known.Watch;
            }

            if (known.Model.Hash == model.Hash)
            {
                _watched[model.Id] = known with { Model = model };
                return known.Watch;
            }
        }

        var watch = Restored(model) ?? NewWatch(model);
        _watched[model.Id] = new WatchedModel(model, watch);
        return watch;
    }

    private ModelWatch NewWatch(ITrainedModel model) => new(model.Baseline, options.Drift, (double)costBps);

    private ModelWatch? Restored(ITrainedModel model)
    {
        if (state.Watches.FirstOrDefault(stored => stored.ModelId == model.Id && stored.ModelHash == model.Hash) is not { } saved)
        {
            return null;
        }

        try
        {
            var watch = NewWatch(model);
            SealedImage.Restore(saved.Image, watch);
            return watch;
        }
        catch (StateFormatException e)
        {
            LogBeginsAgain(logger, strategy, model.Id, e.Message);
            return null;
        }
    }

    private void Recompute(ITrainedModel model, ModelWatch watch, FeatureSample sample, double score)
    {
        var due = model.Recompute(sample.Values.AsSpan());
        if (due.Contains(score))
        {
            watch.CountRecomputation(null);
            return;
        }

        var difference = FormattableString.Invariant($"at {sample.EventTime} the score was {score:R}, and is {due} computed again");
        watch.CountRecomputation(difference);
        AgentMeter.ParityBreaks.Add(1, new KeyValuePair<string, object?>("model", model.Id));
        LogDiffers(logger, strategy, model.Id, difference);
    }

    [LoggerMessage(EventId = 525, Level = LogLevel.Error, Message = "{Strategy}: a score of {Model} differs from its recomputation: {Difference}")]
    private static partial void LogDiffers(ILogger logger, string strategy, string model, string difference);

    [LoggerMessage(EventId = 526, Level = LogLevel.Warning, Message = "{Strategy}: the watch of {Model} begins again: {Reason}")]
    private static partial void LogBeginsAgain(ILogger logger, string strategy, string model, string reason);

    [LoggerMessage(EventId = 527, Level = LogLevel.Error, Message = "{Strategy}: the watch of {Model} failed; decisions continue")]
    private static partial void LogFailed(ILogger logger, string strategy, string model, Exception exception);
}
