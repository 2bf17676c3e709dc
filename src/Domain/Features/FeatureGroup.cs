namespace BtcAgent.Domain.Features;

public enum FeatureGroup : byte
{
    Microstructure = 1,
    Technical = 2,
    Calendar = 3,

    /// <summary>Reserved columns: unknown until a source of posts is connected, and not part of warm-up.</summary>
    Sentiment = 4,
}
