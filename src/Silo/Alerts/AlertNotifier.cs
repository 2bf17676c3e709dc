using BtcAgent.Alerts.Channels;
using BtcAgent.Alerts.Delivery;
using BtcAgent.Alerts.Rules;
using BtcAgent.Alerts.Settings;
using BtcAgent.Contracts.Alerts;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Alerts;

/// <summary>
/// Evaluates the rules of the whole agent and carries the messages that are due, in one silo at a time. Reads from trading, and never
/// makes it wait.
/// </summary>
internal sealed partial class AlertNotifier(
    IGrainFactory grains,
    AlertFiguresReader reader,
    AlertChannels channels,
    IOptions<AlertOptions> options,
    TimeProvider time,
    ILogger<AlertNotifier> logger)
{
    /// <summary>Name of the source whose conditions concern the whole agent.</summary>
    private const string Source = "agent";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Time for the last messages at a stop.</summary>
    private static readonly TimeSpan FlushMax = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FlushLook = TimeSpan.FromMilliseconds(50);

    private bool _hasFailed;

    private IAlertGrain Alerts => grains.GetGrain<IAlertGrain>(IAlertGrain.Key);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A new one for each lease: the previous holder's messages may have been sent by another silo since.
        using var courier = new AlertCourier(channels.All, options.Value, time, logger);
        using var ended = new CancellationTokenSource();
        if (channels.All.Count > 0)
        {
            LogStarted(logger, string.Join(", ", channels.All.Select(channel => channel.Name)));
        }

        var carrying = courier.RunAsync(ended.Token);
        try
        {
            await EvaluateAsync(courier, carrying, cancellationToken);
        }
        finally
        {
            await FlushAsync(courier);
            await ended.CancelAsync();
            await carrying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task EvaluateAsync(AlertCourier courier, Task carrying, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        var evaluateAt = time.GetUtcNow();
        do
        {
            if (carrying.IsFaulted)
            {
                await carrying; // Restarts the work with new channels.
            }

            try
            {
                AlertReport? report = null;
                if (time.GetUtcNow() >= evaluateAt)
                {
                    evaluateAt = time.GetUtcNow() + TimeSpan.FromSeconds(options.Value.EvaluateSeconds);
                    var figures = await reader.ReadAsync(courier.Channels, courier.Watchdog.IsConfigured, cancellationToken);
                    var judged = AgentRules.Judge(figures, options.Value.Rules);
                    report = new AlertReport(Source, judged.Conditions, judged.Unknown);
                }

                await ExchangeAsync(courier, report);
                if (report is not null)
                {
                    courier.Beat();
                }

                _hasFailed = false;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                if (!_hasFailed)
                {
                    LogFailed(logger, e.Message);
                }

                _hasFailed = true;
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task ExchangeAsync(AlertCourier courier, AlertReport? report) =>
        courier.Offer(await Alerts.Exchange(new NotifierReport(report, courier.Settled, courier.Channels, courier.Watchdog)));

    /// <summary>Sends the last messages, such as that of the stop itself, unless a channel hangs.</summary>
    private async Task FlushAsync(AlertCourier courier)
    {
        try
        {
            using var limit = new CancellationTokenSource(FlushMax, time);
            await ExchangeAsync(courier, null).WaitAsync(limit.Token);
            while (courier.Channels.Any(channel => channel.Waiting > 0 && channel.Problem is null))
            {
                await Task.Delay(FlushLook, time, limit.Token);
            }

            await ExchangeAsync(courier, null).WaitAsync(limit.Token);
        }
        catch (Exception e)
        {
            LogNotFlushed(logger, e.Message);
        }
    }
}
