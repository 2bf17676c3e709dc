using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using BtcAgent.Grains.Activations;

namespace BtcAgent.Grains.Execution;

/// <summary>Storing what changed, handing fills on, and the work beside the grain's calls.</summary>
internal sealed partial class LiveDesk
{
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

    /// <summary>What does not fit is said once, and halts where the rule says so. A halt that fails is repeated by the next activation.</summary>
    private async Task ActOnDoubtsAsync()
    {
        foreach (var doubt in _execution!.TakeNewDoubts())
        {
            LogDoubt(logger, portfolio, instrument, doubt.Kind, doubt.Action, doubt.Words, doubt.Payload);
            if (doubt.Action == DoubtAction.Halt)
            {
                await Run(host.Halt($"DOUBT: {doubt.Kind}: {doubt.Words}"));
            }
        }
    }

    /// <summary>A message of the account that cannot be read: the venue's records have to say what it was about.</summary>
    public async Task OnUnreadable(string problem, string payload)
    {
        if (_execution is null)
        {
            return; // The comparison that is due reads all records.
        }

        _execution.Unreadable(problem, payload, Now());
        Reconcile($"a message cannot be read: {problem}", doubt: true);
        await StoreAndDeliver();
    }

    /// <summary>By the venue's id where it is known: the name may have been changed.</summary>
    private Task<VenueAnswer> AskCancelAsync(string clientOrderId) => _execution?.Find(clientOrderId) is { VenueOrderId: { } venueId }
        ? venue.CancelByVenueIdAsync(instrument, venueId, _ending.Token)
        : venue.CancelAsync(instrument, clientOrderId, _ending.Token);

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
        await ActOnDoubtsAsync();
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

    /// <summary>The next activation tries again.</summary>
    private async Task EndLaterAsync()
    {
        await Task.Delay(ActivationFailures.RetryEvery, time, _ending.Token);
        host.End();
    }

    private async Task HaltUntilDoneAsync(string reason)
    {
        while (true)
        {
            try
            {
                await host.Halt(reason);
                return;
            }
            catch (Exception e) when (!_ending.IsCancellationRequested)
            {
                LogHaltFailed(logger, portfolio, instrument, e.Message);
                await Task.Delay(RetryMax, time, _ending.Token);
            }
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
            host.Failed(e);
        }
    }
}
