using System.Collections.Immutable;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Domain.Facts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Measurement;

/// <summary>Reports this silo's measurements to the cluster once a second.</summary>
internal sealed partial class LatencyReporter(
    IGrainFactory grains, ILatencyBoard board, IFactPublisher facts, IEnumerable<IHistory> histories, ILocalSiloDetails silo, TimeProvider time, ILogger<LatencyReporter> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan WindowEvery = TimeSpan.FromSeconds(10);

    private bool _isUnheard;
    private long _reports;

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
        var lag = histories.Select(history => history.Lag).Append(facts.Lag).Max();
        var figures = new SiloFigures(board.Counts(), board.CountsLately(), lag.TotalSeconds);
        PublishWindow(figures.Lately);
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

    /// <summary>Publishes the percentiles of the sliding window every ten seconds.</summary>
    private void PublishWindow(ImmutableArray<StageCounts> lately)
    {
        if (++_reports % (int)(WindowEvery / Every) != 0)
        {
            return;
        }

        var window = new StageHistograms(StageHistograms.DigitsReported);
        window.Add(lately);
        foreach (var stage in window.Read().Where(stage => stage.Count > 0))
        {
            facts.Publish(new LatencyFact(
                silo.Name,
                stage.Stage.ToString(),
                Timestamp.FromDateTimeOffset(time.GetUtcNow()),
                LatencyBoard.Slice * LatencyBoard.Slices,
                stage.Count,
                stage.P50Ms,
                stage.P99Ms,
                stage.MaxMs));
        }
    }

    [LoggerMessage(EventId = 561, Level = LogLevel.Warning, Message = "Latency report failed, retrying every second: {Reason}")]
    private static partial void LogUnheard(ILogger logger, string reason);

    [LoggerMessage(EventId = 562, Level = LogLevel.Debug, Message = "Latency reporting stopped")]
    private static partial void LogStopped(ILogger logger);
}
