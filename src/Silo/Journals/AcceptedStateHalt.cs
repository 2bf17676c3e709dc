using BtcAgent.Contracts.Control;
using BtcAgent.Storage.Embedded;

namespace BtcAgent.Silo.Journals;

/// <summary>
/// Halts every portfolio before any feed is read, when an operator has accepted a state that does not match the journal. The
/// next start repeats a halt that is not stored yet.
/// </summary>
internal sealed partial class AcceptedStateHalt(IGrainFactory grains, Journal journal, ILogger<AcceptedStateHalt> logger) : IHostedService
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
            try
            {
                await journal.HaltedAsync();
            }
            catch (EmbeddedStoreException e)
            {
                LogUnrecorded(logger, e.Message);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 1024, Level = LogLevel.Warning, Message = "Trading is halted, but the journal cannot record it, so the next start halts again: {Reason}")]
    private static partial void LogUnrecorded(ILogger logger, string reason);
}
