using System.Collections.Immutable;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Signals;

/// <summary>The shadows of one strategy. Their failures never reach the caller.</summary>
internal sealed partial class Challengers(
    string strategy, ModelOpener opener, Func<ISignalModel, SignalEngine> newEngine, CanaryTrading canary, ModelWatches watches, TimeProvider time, ILogger logger)
{
    private ImmutableArray<Challenger> _serving = [];

    public ImmutableArray<ModelRun> Runs => [.. _serving.Select(s => s.Run)];

    /// <summary>
    /// Opens models; those already serving are reused, and those that do not open are returned as refused.
    /// </summary>
    public async Task<(ImmutableArray<Challenger> Opened, ImmutableArray<RefusedModel> Refused)> Open(ImmutableArray<string> modelIds)
    {
        var opened = ImmutableArray.CreateBuilder<Challenger>();
        var refused = ImmutableArray.CreateBuilder<RefusedModel>();
        foreach (var id in modelIds)
        {
            try
            {
                opened.Add(_serving.FirstOrDefault(s => s.ModelId == id) ?? new Challenger(newEngine(await opener.Open(id)), watches, time));
            }
            catch (Exception e)
            {
                LogShadowRefused(logger, strategy, id, e);
                refused.Add(new RefusedModel(id, e.Message));
            }
        }

        return (opened.ToImmutable(), refused.ToImmutable());
    }

    /// <summary>Serves these from the next sample on and closes the others.</summary>
    public void Replace(ImmutableArray<Challenger> challengers)
    {
        var former = _serving;
        _serving = challengers;
        CloseAll(former.Except(challengers));
    }

    /// <summary>Closes opened models that will not serve.</summary>
    public void Discard(ImmutableArray<Challenger> opened) => CloseAll(opened.Except(_serving));

    /// <summary>Scores after the caller's turn has ended: a decision is answered before any shadow scores.</summary>
    public async Task ScoreAfterTurn(FeatureSample sample, Signal champion, VirtualAccounts accounts)
    {
        if (_serving.IsEmpty)
        {
            return;
        }

        await Task.Yield();
        accounts.OnSample(sample, champion);
        foreach (var challenger in _serving)
        {
            if (challenger.Score(sample, champion, accounts) is { } failure)
            {
                LogShadowFailed(logger, strategy, challenger.ModelId, failure);
            }

            if (challenger.Scored is { } signal)
            {
                canary.Offer(sample, signal);
            }
        }
    }

    private void CloseAll(IEnumerable<Challenger> challengers)
    {
        foreach (var challenger in challengers)
        {
            try
            {
                challenger.Dispose();
            }
            catch (Exception e)
            {
                LogNotClosed(logger, strategy, challenger.ModelId, e);
            }
        }
    }
}
