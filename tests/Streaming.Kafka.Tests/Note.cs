namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>An event of the tests: its place in the stream, and what its consumer must do with it.</summary>
[GenerateSerializer, Immutable, Alias("Kafka.Tests.Note")]
public sealed record Note([property: Id(0)] int Number, [property: Id(1)] string Order = "")
{
    public const string Fail = "fail";

    /// <summary>Counted but not stored, for streams too long to store.</summary>
    public const string Count = "count";
}
