using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Journals;
using BtcAgent.Contracts.Measurement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Measurement;

/// <summary>Reports this silo's measurements to the cluster once a second.</summary>
internal sealed partial class LatencyReporter(
    IGrainFactory grains, ILatencyBoard board, IDecisionJournal journal, IFactPublisher facts, ILocalSiloDetails silo, TimeProvider time, ILogger<LatencyReporter> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private bool _isUnheard;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await ReportAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
        }
    }

    private async Task ReportAsync()
    {
        var lag = journal.Lag > facts.Lag ? journal.Lag : facts.Lag;
        var figures = new SiloFigures(board.Counts(), board.CountsLately(), lag.TotalSeconds);
        try
        {
            await grains.GetGrain<ILatencyGrain>(ILatencyGrain.Key).Report(silo.SiloAddress.ToParsableString(), figures);
            _isUnheard = false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Retried in a second, with all measurements until then.
            if (!_isUnheard)
            {
                LogUnheard(logger, e.Message);
            }

            _isUnheard = true;
        }
    }

    [LoggerMessage(EventId = 561, Level = LogLevel.Warning, Message = "Latency report failed, retrying every second: {Reason}")]
    private static partial void LogUnheard(ILogger logger, string reason);

    [LoggerMessage(EventId = 562, Level = LogLevel.Debug, Message = "Latency reporting stopped")]
    private static partial void LogStopped(ILogger logger);
}
