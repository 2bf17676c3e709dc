namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>Consumes one stream; <see cref="Memory"/> has what arrived.</summary>
[Alias("Kafka.Tests.INoteGrain")]
public interface INoteGrain : IGrainWithStringKey
{
    /// <summary>
    /// Forgets what arrived after this token; the next activation continues from it, as one with a snapshot would.
    /// </summary>
    [Alias("Rewind")]
    Task Rewind(long token);
}
