namespace BtcAgent.Domain.Sentiment;

/// <summary>
/// Sums over the posts that became known since the tally before. All sums are in 1e-8. A post has a tone t, −1…1, a weight by its content c, 0…1, and a
/// weight by content and author w, 0…c.
/// </summary>
[GenerateSerializer, Immutable, Alias("SentimentTally")]
public readonly record struct SentimentTally
{
    /// <summary>Strictly increasing, also across restarts: the milliseconds of <see cref="KnownAt"/>, or one more than the tally before.</summary>
    [Id(0)] public required long Number { get; init; }

    /// <summary>When the last score was known: received plus scoring delay, by our clock. Not when the posts were written.</summary>
    [Id(1)] public required Timestamp KnownAt { get; init; }

    /// <summary>Posts, also those of weight 0; 0 says that the source is alive.</summary>
    [Id(2)] public long Posts { get; init; }

    /// <summary>Σ c.</summary>
    [Id(3)] public long Content { get; init; }

    /// <summary>Σ c·t.</summary>
    [Id(4)] public long ContentTone { get; init; }

    /// <summary>Σ c·t².</summary>
    [Id(5)] public long ContentToneSquared { get; init; }

    /// <summary>Σ c of posts with |t| ≥ 0.6.</summary>
    [Id(6)] public long ExtremeContent { get; init; }

    /// <summary>Σ w.</summary>
    [Id(7)] public long Influence { get; init; }

    /// <summary>Σ w·t.</summary>
    [Id(8)] public long InfluenceTone { get; init; }
}
