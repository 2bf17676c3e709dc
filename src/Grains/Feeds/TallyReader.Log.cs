using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Feeds;

internal sealed partial class TallyReader
{
    [LoggerMessage(EventId = 112, Level = LogLevel.Warning, Message = "{Instrument}: tallies of posts cannot be read, the sentiment features become unknown until they can; asked every second: {Problem}")]
    private static partial void LogFailed(ILogger logger, InstrumentId instrument, string problem);

    [LoggerMessage(EventId = 113, Level = LogLevel.Information, Message = "{Instrument}: tallies of posts are read again")]
    private static partial void LogWorks(ILogger logger, InstrumentId instrument);

    [LoggerMessage(EventId = 114, Level = LogLevel.Warning, Message = "{Instrument}: tallies of posts with impossible sums are left out, such as {Number}: {Problem}")]
    private static partial void LogImpossible(ILogger logger, InstrumentId instrument, long number, string problem);
}
