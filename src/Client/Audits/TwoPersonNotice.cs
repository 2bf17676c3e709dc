using BtcAgent.Client.Access;
using BtcAgent.Domain.Audit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Audits;

/// <summary>Records at the start whether one person alone may start trading and loosen limits.</summary>
internal sealed class TwoPersonNotice(AuditTrail trail, IOptions<GatewayOptions> options, TimeProvider time) : BackgroundService
{
    /// <summary>Before a silent store is reported: a start that is busy with compiling must not look like an outage.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isOn = options.Value.TwoPersonRule;
        var draft = new AuditDraft
        {
            Id = $"two-person-rule/{Environment.MachineName}/{Environment.ProcessId}/{time.GetUtcNow():O}",
            Kind = AuditKind.Audit,
            Actor = "gateway",
            Action = isOn ? "two-person rule on" : "two-person rule off",
            Subject = "",
            Reason = isOn
                ? "live trading, looser limits and champions with real money need a second person"
                : "Gateway:TwoPersonRule is false: one person alone may start live trading, loosen limits and promote models",
            Outcome = AuditOutcome.Done,
        };
        try
        {
            while (await trail.AppendAsync(draft) is not null)
            {
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return; // The next start records it.
        }
    }
}
