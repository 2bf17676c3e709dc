namespace BtcAgent.Client.Grpc;

/// <summary>Where the agent is, and the key for it.</summary>
public sealed record OperatorClientOptions
{
    /// <summary>
    /// Address of the agent: <c>https://host:port</c>, or <c>http://host:port</c> with the port of <c>Gateway:GrpcPort</c>.
    /// </summary>
    public required Uri Address { get; init; }

    /// <summary>The operator key, or a key that an admin issued.</summary>
    public required string Key { get; init; }

    /// <summary>Deadline of a call that has none. Default 10 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts of a read that the agent does not answer, 1…5. Default 4. Commands have one.</summary>
    public int ReadAttempts { get; init; } = 4;

    /// <summary>Largest answer, MiB. Default 64.</summary>
    public int AnswerMbMax { get; init; } = 64;

    /// <summary>Clock of the pauses before another subscription. Default the machine's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Connects to the agent; null for .NET's handler. The client does not dispose it.</summary>
    public HttpMessageHandler? Handler { get; init; }
}
