using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Feeds;

internal abstract partial class InjectionReader
{
    [LoggerMessage(EventId = 112, Level = LogLevel.Warning, Message = "{Instrument}: {What} cannot be read, their features become unknown until they can; asked again and again: {Problem}")]
    private static partial void LogFailed(ILogger logger, InstrumentId instrument, string what, string problem);

    [LoggerMessage(EventId = 113, Level = LogLevel.Information, Message = "{Instrument}: {What} are read again")]
    private static partial void LogWorks(ILogger logger, InstrumentId instrument, string what);

    [LoggerMessage(EventId = 114, Level = LogLevel.Warning, Message = "{Instrument}: {What} with impossible values are left out, such as {Number}: {Problem}")]
    private static partial void LogImpossible(ILogger logger, InstrumentId instrument, string what, long number, string problem);
}
