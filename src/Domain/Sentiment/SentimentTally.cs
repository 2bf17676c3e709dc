using BtcAgent.Domain.MarketData;
using static BtcAgent.Domain.MarketData.InjectedEvents;

namespace BtcAgent.Domain.Sentiment;

/// <summary>
/// Sums over the posts that became known since the tally before. All sums are in 1e-8. A post has a tone t, −1…1, a weight by its content c, 0…1, and a
/// weight by content and author w, 0…c.
/// </summary>
[GenerateSerializer, Immutable, Alias("SentimentTally")]
public readonly record struct SentimentTally : IInjectedEvent
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

    /// <summary>Who judged the tones, or of a tally without posts those before it; null where it is not known.</summary>
    [Id(9)] public ScorerIdentity? Scorer { get; init; }

    /// <summary>Most price levels that <see cref="Write"/> fills.</summary>
    public const int LevelsMax = SumLevels + ScorerIdentity.LevelsMax;

    private const int SumLevels = 4;

    /// <summary>Most posts of a tally: a billion.</summary>
    public const long PostsMax = 1_000_000_000;

    int IInjectedEvent.LevelCount => LevelCount;

    /// <summary>Price levels that <see cref="Write"/> fills.</summary>
    internal int LevelCount => SumLevels + (Scorer?.LevelCount ?? 0);

    /// <summary>The tally as an event of a feed, without a venue time; its levels are those of <see cref="Write"/>.</summary>
    /// <param name="sequence">Place in the feed.</param>
    /// <param name="injectedAt">When the feed took it; an earlier time than <see cref="KnownAt"/> does not count.</param>
    public MarketEvent ToEvent(long sequence, Timestamp injectedAt) => Event(MarketEventKind.Sentiment, in this, sequence, injectedAt);

    /// <summary>Writes the sums in the place of price levels, which keeps events of all kinds the same size. Only <see cref="Read"/> may look at them.</summary>
    /// <param name="levels">Place for <see cref="LevelsMax"/> levels.</param>
    /// <returns>The levels that were written.</returns>
    public ReadOnlySpan<PriceLevel> Write(Span<PriceLevel> levels)
    {
        levels[0] = Level(KnownAt.UnixNanoseconds, Posts);
        levels[1] = Level(Content, ContentTone);
        levels[2] = Level(ContentToneSquared, ExtremeContent);
        levels[3] = Level(Influence, InfluenceTone);
        Scorer?.Write(levels[SumLevels..]);
        return levels[..LevelCount];
    }

    /// <summary>Reads the tally of an event.</summary>
    /// <exception cref="ArgumentException">The event is of another kind, or has other levels.</exception>
    public static SentimentTally Read(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        if (marketEvent.Kind != MarketEventKind.Sentiment || levels.Length < SumLevels)
        {
            throw new ArgumentException($"a {marketEvent.Kind} with {levels.Length} levels is not a tally", nameof(levels));
        }

        return new SentimentTally
        {
            Number = marketEvent.LastId,
            KnownAt = new Timestamp(First(levels[0])),
            Posts = Second(levels[0]),
            Content = First(levels[1]),
            ContentTone = Second(levels[1]),
            ContentToneSquared = First(levels[2]),
            ExtremeContent = Second(levels[2]),
            Influence = First(levels[3]),
            InfluenceTone = Second(levels[3]),
            Scorer = ScorerIdentity.Read(levels[SumLevels..]),
        };
    }

    /// <summary>Why no posts can have these sums; null if some can. Each post may add a rounding of 1e-8.</summary>
    public string? Problem() =>
        InjectedEvents.Problem(Number, KnownAt)
        ?? (Posts is < 0 or > PostsMax ? Text($"{Posts} posts, 0 to {PostsMax} are possible")
        : Content < 0 || Content > Posts * FixedPoint.Scale ? Text($"weight {Content} of {Posts} posts")
        : Beyond(ContentTone, Content) ? Text($"tone {ContentTone} of weight {Content}")
        : ContentToneSquared < 0 || Beyond(ContentToneSquared, Content) ? Text($"squared tone {ContentToneSquared} of weight {Content}")
        : ExtremeContent < 0 || Beyond(ExtremeContent, Content) ? Text($"extreme weight {ExtremeContent} of weight {Content}")
        : Influence < 0 || Beyond(Influence, Content) ? Text($"influence {Influence} of weight {Content}")
        : Beyond(InfluenceTone, Influence) ? Text($"tone {InfluenceTone} of influence {Influence}")
        : Scorer?.Problem());

    private bool Beyond(long sum, long weight) => sum < -weight - Posts || sum > weight + Posts;
}
