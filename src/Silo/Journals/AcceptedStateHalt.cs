using BtcAgent.Contracts.Control;
using BtcAgent.Storage.Embedded;

namespace BtcAgent.Silo.Journals;

/// <summary>
/// Halts every portfolio before any feed is read, when an operator has accepted a state that does not match the journal. The
/// next start repeats a halt that is not stored yet.
/// </summary>
internal sealed class AcceptedStateHalt(IGrainFactory grains, Journal journal) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (journal.PendingHalt is not { } reason)
        {
            return;
        }

        var status = await grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key).Halt(reason, "the start");
        if (status.Pending is null)
        {
            await journal.HaltedAsync();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
