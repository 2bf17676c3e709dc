using BtcAgent.Alerts.Rules;
using BtcAgent.Alerts.Settings;
using BtcAgent.Client.Api;
using BtcAgent.Contracts.Access;
using BtcAgent.Contracts.Alerts;
using BtcAgent.Contracts.Backups;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Alerts;

/// <summary>Reports what only this process knows: its start and stop, wrong keys at its port, its backups.</summary>
internal sealed partial class ProcessReporter(
    IGrainFactory grains,
    IServiceProvider services,
    AgentSettings settings,
    AgentIdentity identity,
    IOptions<AlertOptions> options,
    TimeProvider time,
    ILogger<ProcessReporter> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    private readonly WrongKeyWindow _wrongKeys = new();
    private bool _hasReportedStart;

    private IAlertGrain Alerts => grains.GetGrain<IAlertGrain>(IAlertGrain.Key);

    /// <summary>The same after a restart.</summary>
    private string Node => settings.Role == NodeRole.All
        ? options.Value.AgentName
        : $"{Environment.MachineName}/{settings.Role.ToString().ToLowerInvariant()}";

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_hasReportedStart)
        {
            await TryAsync(() => Alerts.Raise(Node, ProcessRules.Stopped(Node)), cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts the other services meanwhile.
        await Task.Yield();
        var startedAt = time.GetUtcNow();
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                _hasReportedStart = _hasReportedStart
                    || await TryAsync(() => Alerts.Raise(Node, ProcessRules.Started(Node, identity.Version, identity.Mode)), stoppingToken);
                var judged = ProcessRules.Judge(Figures(startedAt), options.Value.Rules);
                await TryAsync(() => Alerts.Observe(new AlertReport(Node, judged.Conditions, judged.Unknown)), stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return; // The stop is reported by StopAsync.
        }
    }

    private ProcessFigures Figures(DateTimeOffset startedAt)
    {
        var now = time.GetUtcNow();
        var backup = services.GetService<IBackupBoard>()?.Read();
        return new ProcessFigures
        {
            At = now,
            Node = Node,
            StartedAt = startedAt,
            WrongKeys = _wrongKeys.Take(now, services.GetService<IAttackBoard>()?.WrongKeys ?? 0),
            MakesBackups = backup is not null,
            NewestBackup = backup?.NewestAt,
            BackupProblem = backup?.Problem,
        };
    }

    private async Task<bool> TryAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act().WaitAsync(AnswerMax, time, cancellationToken);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, e.Message);
            return false;
        }
    }
}
