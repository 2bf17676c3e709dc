using Microsoft.Extensions.Logging;

namespace BtcAgent.Storage.Embedded;

public sealed partial class Journal
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Journal {Path} cannot be written, and decisions wait in the log of facts: {Reason}")]
    private static partial void LogUnwritable(ILogger logger, string path, string reason);
}
