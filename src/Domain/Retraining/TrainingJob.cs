namespace BtcAgent.Domain.Retraining;

/// <summary>A training, from the request to its result.</summary>
[GenerateSerializer, Immutable, Alias("TrainingJob")]
public sealed record TrainingJob
{
    /// <summary><c>train-</c> and its number, from 1.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required TrainingRequest Request { get; init; }

    [Id(2)] public required TrainingJobState State { get; init; }

    /// <summary>When it was requested, by our clock.</summary>
    [Id(3)] public required Timestamp QueuedAt { get; init; }

    /// <summary>When its last attempt began; unknown before the first.</summary>
    [Id(4)] public Timestamp StartedAt { get; init; }

    /// <summary>When it ended; unknown before.</summary>
    [Id(5)] public Timestamp EndedAt { get; init; }

    /// <summary>Attempts that have begun.</summary>
    [Id(6)] public int Attempts { get; init; }

    /// <summary>Who works on it: the lease holder and its epoch; null while nobody does.</summary>
    [Id(7)] public string? Worker { get; init; }

    /// <summary>Null before the first attempt reports any.</summary>
    [Id(8)] public TrainingProgress? Progress { get; init; }

    /// <summary>Result of the last attempt; null before.</summary>
    [Id(9)] public TrainingOutcome? Outcome { get; init; }

    /// <summary>The operator who cancels the running job, with the reason; null for nobody.</summary>
    [Id(10)] public string? CancelledBy { get; init; }

    public string Strategy => Request.Strategy;

    public bool HasEnded => State is TrainingJobState.Succeeded or TrainingJobState.Failed or TrainingJobState.Cancelled or TrainingJobState.NothingFound;

    public bool Waits => State is TrainingJobState.Queued or TrainingJobState.Interrupted;
}
