namespace BtcAgent.Domain.Features;

public enum FeatureGroup : byte
{
    Microstructure = 1,
    Technical = 2,
    Calendar = 3,

    /// <summary>A place in the schema; unknown until a source of posts is connected, and not part of warm-up.</summary>
    Sentiment = 4,
}
