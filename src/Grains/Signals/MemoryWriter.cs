using BtcAgent.Grains.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace BtcAgent.Grains.Signals;

/// <summary>Writes the state of the models, which never fails a decision: the last stored one remains.</summary>
/// <param name="writes">Writes of the grain.</param>
/// <param name="strategy">Name for logs.</param>
/// <param name="end">Ends the activation.</param>
/// <param name="logger">Log.</param>
internal sealed partial class MemoryWriter(SharedWrites writes, string strategy, Action end, ILogger logger)
{
    public async Task WriteAsync()
    {
        try
        {
            await writes.WriteAsync();
        }
        catch (InconsistentStateException e)
        {
            // Another activation has written meanwhile: this one is outdated.
            LogNotStored(logger, strategy, e.Message);
            end();
        }
        catch (Exception e)
        {
            LogNotStored(logger, strategy, e.Message);
        }
    }

    [LoggerMessage(EventId = 517, Level = LogLevel.Warning, Message = "{Strategy}: the state of its model was not stored: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string strategy, string reason);
}
