using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Signals;

internal sealed partial class SignalGrain
{
    [LoggerMessage(EventId = 510, Level = LogLevel.Information, Message = "{Strategy}: {Model} trades, beside it {Shadows} shadows")]
    private static partial void LogServing(ILogger logger, string strategy, string model, int shadows);

    [LoggerMessage(EventId = 511, Level = LogLevel.Error, Message = "{Strategy}: champion {Model} was refused")]
    private static partial void LogChampionRefused(ILogger logger, string strategy, string model, Exception exception);
}
