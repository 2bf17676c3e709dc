using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Execution;

/// <summary>Storing what changed, handing fills on, and the work beside the grain's calls.</summary>
internal sealed partial class LiveDesk
{
    private VenueAnswer Note(VenueAnswer answer)
    {
        _outcomes.Enqueue(answer.Outcome);
        if (_outcomes.Count > OutcomesKept)
        {
            _outcomes.Dequeue();
        }

        return answer;
    }

    private decimal? ShareOf(params ReadOnlySpan<VenueOutcome> outcomes)
    {
        if (_outcomes.Count < OutcomesMin)
        {
            return null;
        }

        var count = 0;
        foreach (var outcome in _outcomes)
        {
            count += outcomes.Contains(outcome) ? 1 : 0;
        }

        return (decimal)count / _outcomes.Count;
    }

    /// <summary>Writes the state as it is; callers at the same time share a write.</summary>
    private async Task Store()
    {
        var wanted = _execution!.Version;
        while (_storedVersion < wanted)
        {
            if (_writing is null or { IsCompleted: true })
            {
                _writing = WriteAsync();
            }

            await _writing;
        }
    }

    private async Task WriteAsync()
    {
        var version = _execution!.Version;
        await host.Store(_execution.ToState());
        _storedVersion = version;
    }

    private async Task StoreAndDeliver()
    {
        await Store();
        LogOrders();
        if (_delivering)
        {
            return; // They are on their way.
        }

        _delivering = true;
        try
        {
            while (_execution!.PendingFills.Count > 0)
            {
                ImmutableArray<Fill> fills = [.. _execution.PendingFills];
                await host.Deliver(fills);
                _execution.FillsBooked(fills.Length);
            }
        }
        finally
        {
            _delivering = false;
        }
    }

    /// <summary>Work beside the grain's calls. What fails there ends the activation: the next one starts from the store.</summary>
    public async Task Run(Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            LogEnded(logger, portfolio, instrument);
        }
        catch (Exception e)
        {
            LogFailed(logger, portfolio, instrument, e);
            host.End();
        }
    }
}
