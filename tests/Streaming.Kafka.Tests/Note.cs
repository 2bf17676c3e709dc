namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>An event of the tests: place in its stream, and what its consumer shall do with it.</summary>
[GenerateSerializer, Immutable, Alias("Kafka.Tests.Note")]
public sealed record Note([property: Id(0)] int Number, [property: Id(1)] string Order = "")
{
    public const string Fail = "fail";

    /// <summary>Not to be kept, for streams too long for that.</summary>
    public const string Count = "count";
}
