using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// What is known of the agent's own condition at a decision. Each member has to be given: a host that does not know one writes
/// null, and <c>docs/risk.md</c> says for each rule what null means.
/// </summary>
[GenerateSerializer, Immutable, Alias("MarketConditions")]
public sealed record MarketConditions
{
    /// <summary>The venue's clock against ours, either way, in milliseconds.</summary>
    [Id(0)] public required decimal? ClockSkewMs { get; init; }

    /// <summary>How far the newest venue time was behind our clock when the last event came, in milliseconds.</summary>
    [Id(1)] public required decimal? FeedLatencyMs { get; init; }

    /// <summary>Event time since the newest data that the model was trained on, in days; null of a rule, which has none.</summary>
    [Id(2)] public required decimal? ModelAgeDays { get; init; }

    /// <summary>Features of the sample outside the range the model was trained on; null of a rule, which knows none.</summary>
    [Id(3)] public required int? FeaturesOutOfRange { get; init; }

    /// <summary>True when the instrument is one that the portfolio trades.</summary>
    [Id(4)] public required bool IsKnownInstrument { get; init; }

    /// <summary>
    /// From what the sample and the signal carry, so that a replay of the same events decides the same, whatever its own clock says.
    /// </summary>
    public static MarketConditions Of(Signal signal, FeatureSample sample, bool isKnownInstrument) => new()
    {
        ClockSkewMs = sample.ClockSkewMs is { } skew ? Math.Round(Math.Abs((decimal)skew), 3) : null,
        FeedLatencyMs = sample.ReceiveTime.IsKnown && sample.LastEventTime.IsKnown
            ? Math.Max(0, (decimal)(sample.ReceiveTime - sample.LastEventTime).Ticks / TimeSpan.TicksPerMillisecond)
            : null,
        ModelAgeDays = signal.ModelTrainedTo.IsKnown
            ? Math.Round((decimal)(sample.EventTime - signal.ModelTrainedTo).TotalDays, 6)
            : null,
        FeaturesOutOfRange = signal.FeaturesOutOfRange,
        IsKnownInstrument = isKnownInstrument,
    };
}
