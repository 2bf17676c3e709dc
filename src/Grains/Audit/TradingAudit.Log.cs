using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Audit;

internal sealed partial class TradingAudit
{
    [LoggerMessage(EventId = 640, Level = LogLevel.Error, Message = "Actions in the market cannot be written to the audit ({Reason}): they wait, {Waiting} now")]
    private static partial void LogUnwritten(ILogger logger, string reason, int waiting);

    [LoggerMessage(EventId = 641, Level = LogLevel.Information, Message = "Actions in the market are written to the audit again")]
    private static partial void LogWrittenAgain(ILogger logger);

    [LoggerMessage(EventId = 642, Level = LogLevel.Error, Message = "{Waiting} actions in the market were not written to the audit before the end")]
    private static partial void LogUnwrittenAtTheEnd(ILogger logger, int waiting);
}
