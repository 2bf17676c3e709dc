using Microsoft.Extensions.Logging;

namespace BtcAgent.History.Log.Local;

public sealed partial class LocalFactLog
{
    [LoggerMessage(EventId = 1100, Level = LogLevel.Error,
        Message = "Facts are dropped: {WaitingMax} wait already because the log in the data folder cannot be written fast enough")]
    private static partial void LogDropping(ILogger logger, int waitingMax);

    [LoggerMessage(EventId = 1101, Level = LogLevel.Error,
        Message = "Facts cannot be written to '{Folder}' ({Reason}): they wait in memory; free space or correct the permissions")]
    private static partial void LogCannotWrite(ILogger logger, string folder, string reason);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Information, Message = "Facts are written again")]
    private static partial void LogWritesAgain(ILogger logger);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Error, Message = "Damaged log of facts: {Damage}")]
    private static partial void LogDamage(ILogger logger, string damage);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Error, Message = "A {Fact} could not be encoded and is not kept")]
    private static partial void LogNotEncoded(ILogger logger, string fact, Exception e);

    [LoggerMessage(EventId = 1105, Level = LogLevel.Error, Message = "{Count} facts are lost: the log could not be written before the end ({Reason})")]
    private static partial void LogLost(ILogger logger, int count, string reason);

    [LoggerMessage(EventId = 1106, Level = LogLevel.Error,
        Message = "The files of {Topic} in '{Folder}' were deleted: facts that a sink had not stored are lost; new ones begin at offset {Offset}")]
    private static partial void LogFilesLost(ILogger logger, string topic, string folder, long offset);
}
