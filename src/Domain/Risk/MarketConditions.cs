using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// The agent's condition at a decision. Every member is required: a host that does not know one writes
/// null, and <c>docs/risk.md</c> states for each rule what null means.
/// </summary>
[GenerateSerializer, Immutable, Alias("MarketConditions")]
public sealed record MarketConditions
{
    /// <summary>Absolute difference between the venue's clock and ours, in milliseconds.</summary>
    [Id(0)] public required decimal? ClockSkewMs { get; init; }

    /// <summary>Our clock less the newest venue time when the last event arrived, in milliseconds.</summary>
    [Id(1)] public required decimal? FeedLatencyMs { get; init; }

    /// <summary>Event time since the newest training data of the model, in days; null for a rule.</summary>
    [Id(2)] public required decimal? ModelAgeDays { get; init; }

    /// <summary>Number of features outside the model's training range; null for a rule.</summary>
    [Id(3)] public required int? FeaturesOutOfRange { get; init; }

    /// <summary>Whether the portfolio trades the instrument.</summary>
    [Id(4)] public required bool IsKnownInstrument { get; init; }

    /// <summary>
    /// Uses only values of the sample and the signal, so that a replay of the same events decides the same, whatever its
    /// clock.
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
