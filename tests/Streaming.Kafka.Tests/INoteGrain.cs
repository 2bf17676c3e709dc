namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>Consumes one stream; <see cref="Memory"/> tells what came.</summary>
[Alias("Kafka.Tests.INoteGrain")]
public interface INoteGrain : IGrainWithStringKey
{
    /// <summary>Forgets what came after this token; the next activation goes on from it, as one with a snapshot would.</summary>
    [Alias("Rewind")]
    Task Rewind(long token);
}
