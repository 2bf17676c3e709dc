using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Audit;

internal sealed partial class AuditLogGrain
{
    [LoggerMessage(EventId = 643, Level = LogLevel.Error, Message = "The audit is damaged: {Damage}")]
    private static partial void LogDamaged(ILogger logger, string damage);

    [LoggerMessage(EventId = 644, Level = LogLevel.Warning,
        Message = "The agent's state does not know entry {Sequence} of the audit yet ({Reason}): it will with the next entry that can be written")]
    private static partial void LogMarkBehind(ILogger logger, long sequence, string reason);
}
