namespace BtcAgent.Domain.Features;

public enum FeatureGroup : byte
{
    Microstructure = 1,
    Technical = 2,
    Calendar = 3,

    /// <summary>From tallies of posts: unknown without a living source, and not part of warm-up.</summary>
    Sentiment = 4,

    /// <summary>Hours to and since economic releases, and their surprise: unknown without a living source, and not part of warm-up.</summary>
    Economy = 5,
}
