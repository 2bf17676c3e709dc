using System.Globalization;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Domain.Strategies;
using BtcAgent.Grains.Snapshots;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Signals;

/// <summary>
/// Lets a strategy continue after a restart: takes its state periodically, and loads it before the first sample if the model is the
/// same and little of the market is missing. Otherwise the strategy starts empty.
/// </summary>
/// <param name="strategy">Name for logs.</param>
/// <param name="state">State of the grain; written by the caller.</param>
/// <param name="options">The agent's settings.</param>
/// <param name="time">The agent's clock.</param>
/// <param name="logger">Log.</param>
internal sealed partial class StrategyMemory(
    string strategy, SignalGrainState state, AgentOptions options, TimeProvider time, ILogger logger)
{
    private long _takenAt = time.GetTimestamp();
    private bool _isResumed;
    private FeatureSample? _lastSample;

    /// <summary>Loads the saved state into the engine's model before its first sample.</summary>
    /// <param name="engine">Engine with a new model.</param>
    /// <param name="first">The sample that comes next.</param>
    /// <param name="create">Creates the model again, after a state that it could not load.</param>
    public void Resume(SignalEngine engine, FeatureSample first, Func<ISignalModel> create)
    {
        if (_isResumed)
        {
            return;
        }

        _isResumed = true;
        if (state.Strategy is not { } saved || engine.Model is not IStateful model || saved.ModelHash != engine.Model.Hash)
        {
            return;
        }

        if (WhyNot(saved, first) is { } reason)
        {
            LogRefused(logger, strategy, engine.Model.Id, reason);
            return;
        }

        try
        {
            SealedImage.Restore(saved.Image, model);
            engine.Continue(saved.ModelSince, saved.ModelSamples);
            LogResumed(logger, strategy, engine.Model.Id, saved.ModelSamples);
        }
        catch (StateFormatException e)
        {
            engine.Replace(create());
            LogRefused(logger, strategy, engine.Model.Id, e.Message);
        }
    }

    /// <summary>Takes the state after a sample, when the last time is long enough ago.</summary>
    /// <returns>True when there is a state to write.</returns>
    public bool TakeIfDue(SignalEngine engine, FeatureSample sample)
    {
        _lastSample = sample;
        return time.GetElapsedTime(_takenAt).TotalSeconds >= options.SnapshotSeconds && Take(engine);
    }

    /// <summary>Takes the state now. A strategy that failed keeps its last good one.</summary>
    /// <returns>True when there is a state to write.</returns>
    public bool Take(SignalEngine engine)
    {
        _takenAt = time.GetTimestamp();
        if (engine.Model is not IStateful model || model is Strategy { Failure: not null } || _lastSample is null || engine.ModelSamples == 0)
        {
            return false;
        }

        state.Strategy = new SavedStrategy
        {
            ModelHash = engine.Model.Hash,
            SchemaHash = _lastSample.SchemaHash,
            ModelSince = engine.ModelSince,
            ModelSamples = engine.ModelSamples,
            At = _lastSample.EventTime,
            Image = SealedImage.Take(model),
        };
        return true;
    }

    private string? WhyNot(SavedStrategy saved, FeatureSample first)
    {
        if (saved.SchemaHash != first.SchemaHash)
        {
            return "it has another feature schema";
        }

        var gap = (first.EventTime - saved.At).TotalSeconds;
        return gap > 0 && gap <= options.SnapshotGapSecondsMax
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"it is {gap:0.#} s older than the sample; Agent:SnapshotGapSecondsMax accepts above 0 to {options.SnapshotGapSecondsMax:0.#}");
    }
}
