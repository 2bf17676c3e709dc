namespace BtcAgent.Domain.Trading;

/// <summary>One UTC day of a model in its virtual account, by event time.</summary>
[GenerateSerializer, Immutable, Alias("VirtualDay")]
public sealed record VirtualDay
{
    [Id(0)] public required DateOnly Day { get; init; }

    /// <summary>Net profit of the day, as a fraction of the capital at the account's first mark; NaN when a figure overflowed.</summary>
    [Id(1)] public required double Pnl { get; init; }

    /// <summary>Fills of the day.</summary>
    [Id(2)] public required int Fills { get; init; }

    /// <summary>Samples that the model scored or failed on; not those without a score while windows were filling.</summary>
    [Id(3)] public required long Samples { get; init; }

    /// <summary>Samples that failed or had a score that is not a number.</summary>
    [Id(4)] public required long Failures { get; init; }

    /// <summary>Lowest score; null before the first.</summary>
    [Id(5)] public required double? ScoreMin { get; init; }

    /// <summary>Highest score; null before the first.</summary>
    [Id(6)] public required double? ScoreMax { get; init; }

    /// <summary>Event time of the last sample.</summary>
    [Id(7)] public required Timestamp Until { get; init; }
}
