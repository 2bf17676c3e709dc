using System.Net;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Attacks;

internal sealed partial class AttackLog
{
    public const int RefusedEventId = 610;

    [LoggerMessage(
        EventId = RefusedEventId, Level = LogLevel.Warning,
        Message = "Refused {Kind}: {Description}; {Count} since the last line of this kind, the latest from {Address}")]
    private static partial void LogRefused(ILogger logger, AttackKind kind, string description, long count, IPAddress? address);
}
