using BtcAgent.Social.Budgets;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Social.X;

public sealed partial class XSource
{
    [LoggerMessage(Level = LogLevel.Information, Message = "reading posts of X from {Address}, level {Level}")]
    private static partial void LogOpened(ILogger logger, Uri address, BudgetLevel level);

    [LoggerMessage(Level = LogLevel.Warning, Message = "X: {Problem}; next attempt in {WaitSeconds:F2} s")]
    private static partial void LogLost(ILogger logger, string problem, double waitSeconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "X: stream closed: {Reason}")]
    private static partial void LogClosed(ILogger logger, string reason);

    [LoggerMessage(Message = "X: level {Level}: {Reason}")]
    private static partial void LogChosen(ILogger logger, LogLevel severity, BudgetLevel level, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "X: the rules were not compared: {Problem}")]
    private static partial void LogRules(ILogger logger, string problem);
}
