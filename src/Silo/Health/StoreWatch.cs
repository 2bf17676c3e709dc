using BtcAgent.Contracts.Health;
using BtcAgent.Storage.Embedded;

namespace BtcAgent.Silo.Health;

/// <summary>Checks every few seconds whether the data folder is writable, and logs when that changes.</summary>
internal sealed partial class StoreWatch(StateStore state, Journal journal, TimeProvider time, ILogger<StoreWatch> logger)
    : BackgroundService, IStoreCondition
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    public string? Problem => state.Problem ?? journal.Problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        string? before = null;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await state.ProbeAsync();
                before = Say(before, Problem);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
        }
    }

    private string? Say(string? before, string? now)
    {
        if (now is not null && before is null)
        {
            LogUnwritable(logger, now);
        }
        else if (now is null && before is not null)
        {
            LogWritable(logger);
        }

        return now;
    }

    [LoggerMessage(EventId = 1021, Level = LogLevel.Error, Message = "Nothing can be stored, so no order is sent: {Problem}")]
    private static partial void LogUnwritable(ILogger logger, string problem);

    [LoggerMessage(EventId = 1022, Level = LogLevel.Warning, Message = "The store is writable again: trading resumes after the cool-off")]
    private static partial void LogWritable(ILogger logger);

    [LoggerMessage(EventId = 1023, Level = LogLevel.Debug, Message = "The store watch has stopped")]
    private static partial void LogStopped(ILogger logger);
}
