using BtcAgent.Contracts.Audit;
using BtcAgent.Domain.Audit;
using BtcAgent.History.Audit;

namespace BtcAgent.Silo.Audits;

/// <summary>
/// Verifies the audit of the data folder once, beside the start: the end by the grain that continues it, then all other entries. A fault is
/// one line of the log and one entry of the chain.
/// </summary>
internal sealed partial class AuditWatch(string folder, IGrainFactory grains, ILogger<AuditWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await grains.GetGrain<IAuditLogGrain>(IAuditLogGrain.Key).GetHead();
            var found = await Task.Run(() => AuditInspection.Of(folder, stoppingToken), stoppingToken);
            if (found.First is { } fault)
            {
                LogDamaged(logger, fault);
                await StateAsync(found, fault);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start verifies it.
        }
        catch (Exception e)
        {
            LogNotVerified(logger, e.GetBaseException().Message);
        }
    }

    private async Task StateAsync(AuditInspection found, string fault)
    {
        if (found.IsStated)
        {
            return;
        }

        await grains.GetGrain<IAuditLogGrain>(IAuditLogGrain.Key).Append(
        [
            new AuditDraft
            {
                Id = nameof(AuditWatch),
                Kind = AuditKind.Audit,
                Actor = "agent",
                Action = AuditEnd.DamagedAction,
                Subject = "",
                Reason = fault,
                Outcome = AuditOutcome.Failed,
            },
        ]);
    }

    [LoggerMessage(EventId = 645, Level = LogLevel.Error,
        Message = "The audit is damaged: {Fault}. Compare it with a copy; 'btcagent audit verify' names every place")]
    private static partial void LogDamaged(ILogger logger, string fault);

    [LoggerMessage(EventId = 646, Level = LogLevel.Warning, Message = "The audit was not verified ({Reason}): do it with 'btcagent audit verify'")]
    private static partial void LogNotVerified(ILogger logger, string reason);
}
