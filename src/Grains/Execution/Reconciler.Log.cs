using BtcAgent.Domain.Execution.Live;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

internal sealed partial class Reconciler
{
    [LoggerMessage(EventId = 413, Level = LogLevel.Warning, Message = "{Portfolio} {Instrument}: {Kind}: {Reason}")]
    private static partial void LogCorrection(ILogger logger, string portfolio, InstrumentId instrument, CorrectionKind kind, string reason);

    [LoggerMessage(EventId = 414, Level = LogLevel.Information, Message = "{Portfolio} {Instrument}: in doubt: {Words}")]
    private static partial void LogInDoubt(ILogger logger, string portfolio, InstrumentId instrument, string words);
}
