using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Clocks;

public sealed partial class ClockWatch
{
    [LoggerMessage(EventId = 120, Level = LogLevel.Warning, Message = "The machine's clock was set by {Seconds:+0.000;-0.000} s; the agent follows it")]
    private static partial void LogFollowed(ILogger logger, double seconds);

    [LoggerMessage(EventId = 121, Level = LogLevel.Warning, Message = "The machine's clock was set by {Seconds:+0.000;-0.000} s, away from the venue's: the agent keeps the previous time and is now {Ahead:+0.000;-0.000} s from the machine's; set the clock right")]
    private static partial void LogNotFollowed(ILogger logger, double seconds, double ahead);

    [LoggerMessage(EventId = 122, Level = LogLevel.Warning, Message = "The clock is {Seconds:0.000} s behind the last stored time, {At:O}: it was ahead then, or is behind now; epochs and ids do not depend on it")]
    private static partial void LogBehindStore(ILogger logger, double seconds, DateTimeOffset at);

    [LoggerMessage(EventId = 123, Level = LogLevel.Debug, Message = "Clock watch stopped")]
    private static partial void LogStopped(ILogger logger);
}
