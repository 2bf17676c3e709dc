using Microsoft.Extensions.Logging;

namespace BtcAgent.Social.X;

internal sealed partial class GapSearch
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "X: the search of rule {Rule} failed: {Problem}; next attempt in {WaitSeconds:F2} s")]
    private static partial void LogFailed(ILogger logger, string rule, string problem, double waitSeconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "X: the search of rule {Rule} is left out: {Problem}; check its operators")]
    private static partial void LogRefused(ILogger logger, string rule, string problem);
}
