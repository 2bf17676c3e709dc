using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Audits;

internal sealed partial class AuditTrail
{
    [LoggerMessage(EventId = 630, Level = LogLevel.Error,
        Message = "The audit cannot be written ({Reason}): commands that start trading or loosen limits are refused until it can; {Waiting} entries wait")]
    private static partial void LogUnwritten(ILogger logger, string reason, int waiting);

    [LoggerMessage(EventId = 631, Level = LogLevel.Information, Message = "The audit is written again; {Count} entries that waited are in it")]
    private static partial void LogWrittenAgain(ILogger logger, int count);

    [LoggerMessage(EventId = 632, Level = LogLevel.Error, Message = "{Waiting} entries of the audit wait already: this one is lost: {Action} by {Actor}, {Outcome}")]
    private static partial void LogLost(ILogger logger, int waiting, string action, string actor, string outcome);
}
