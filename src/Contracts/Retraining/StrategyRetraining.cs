using System.Collections.Immutable;

namespace BtcAgent.Contracts.Retraining;

/// <summary>When a strategy is trained again.</summary>
[GenerateSerializer, Immutable, Alias("StrategyRetraining")]
public sealed record StrategyRetraining
{
    [Id(0)] public required string Strategy { get; init; }

    /// <summary>Greatest event time seen since this activation; unknown before.</summary>
    [Id(1)] public required Timestamp MarketTime { get; init; }

    /// <summary>Newest training data of its newest model; unknown without one.</summary>
    [Id(2)] public required Timestamp TrainedTo { get; init; }

    /// <summary>Market time of the next run by <c>EveryHours</c>; null for none.</summary>
    [Id(3)] public required Timestamp? NextByMarket { get; init; }

    /// <summary>Next run by <c>Cron</c>; null for none.</summary>
    [Id(4)] public required Timestamp? NextByCron { get; init; }

    /// <summary>Triggers that have fired, and the end of their cool-down.</summary>
    [Id(5)] public required ImmutableArray<CoolingTrigger> Cooling { get; init; }

    /// <summary>Age of the newest model in hours of market time; null when it has none.</summary>
    public double? ModelAgeHours => TrainedTo.IsKnown && MarketTime.IsKnown ? Math.Round((MarketTime - TrainedTo).TotalHours, 2) : null;
}
