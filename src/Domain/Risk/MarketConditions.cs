namespace BtcAgent.Domain.Risk;

/// <summary>What the host knows of the agent's own condition when it decides. Null is not known, and passes.</summary>
[GenerateSerializer, Immutable, Alias("MarketConditions")]
public sealed record MarketConditions
{
    public static MarketConditions Unknown { get; } = new();

    /// <summary>The venue's clock against ours, either way, in milliseconds.</summary>
    [Id(0)] public decimal? ClockSkewMs { get; init; }

    /// <summary>Last event's way from the venue to us, in milliseconds.</summary>
    [Id(1)] public decimal? FeedLatencyMs { get; init; }

    /// <summary>Since the model was trained, in days.</summary>
    [Id(2)] public decimal? ModelAgeDays { get; init; }

    /// <summary>Features of the sample outside the range the model was trained on.</summary>
    [Id(3)] public int? FeaturesOutOfRange { get; init; }

    /// <summary>True when the instrument is one that the portfolio trades.</summary>
    [Id(4)] public bool IsKnownInstrument { get; init; } = true;
}
