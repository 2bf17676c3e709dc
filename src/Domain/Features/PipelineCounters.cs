using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Features;

/// <summary>Counters of a pipeline since its creation.</summary>
[GenerateSerializer, Immutable, Alias("PipelineCounters")]
public readonly record struct PipelineCounters
{
    [Id(0)] public long Events { get; init; }

    [Id(1)] public long Trades { get; init; }

    [Id(2)] public long DepthUpdates { get; init; }

    [Id(3)] public long Quotes { get; init; }

    [Id(4)] public long Snapshots { get; init; }

    /// <summary>Gaps in the book's update ids.</summary>
    [Id(5)] public long BookGaps { get; init; }

    /// <summary>Applied depth updates whose rebuilt top equals the venue's quote at the same update id.</summary>
    [Id(6)] public long TopMatches { get; init; }

    /// <summary>Applied depth updates for which the venue's quote at the same update id is known.</summary>
    [Id(7)] public long TopComparable { get; init; }

    /// <summary>Events seen before, dropped by sequence.</summary>
    [Id(8)] public long Duplicates { get; init; }

    /// <summary>Events of the epoch that never arrived.</summary>
    [Id(9)] public long SequenceHoles { get; init; }

    /// <summary>Events with a venue time before the core's clock; applied at the clock.</summary>
    [Id(10)] public long TimesBackwards { get; init; }

    [Id(11)] public long Samples { get; init; }

    /// <summary>Trades older than the open bar, left out of bars.</summary>
    [Id(12)] public long LateTrades { get; init; }

    [Id(13)] public long Interruptions { get; init; }

    [Id(14)] public long CrossedBooks { get; init; }

    /// <summary>Events whose venue time was implausibly far ahead; applied at the clock.</summary>
    [Id(15)] public long TimesAhead { get; init; }

    /// <summary>How often the core's clock was wrong and was turned back, which restarts the features.</summary>
    [Id(16)] public long ClockTurnedBack { get; init; }

    internal void Save(StateWriter writer)
    {
        writer.Write(Events);
        writer.Write(Trades);
        writer.Write(DepthUpdates);
        writer.Write(Quotes);
        writer.Write(Snapshots);
        writer.Write(BookGaps);
        writer.Write(TopMatches);
        writer.Write(TopComparable);
        writer.Write(Duplicates);
        writer.Write(SequenceHoles);
        writer.Write(TimesBackwards);
        writer.Write(Samples);
        writer.Write(LateTrades);
        writer.Write(Interruptions);
        writer.Write(CrossedBooks);
        writer.Write(TimesAhead);
        writer.Write(ClockTurnedBack);
    }

    internal static PipelineCounters Load(StateReader reader) => new()
    {
        Events = reader.ReadLong(),
        Trades = reader.ReadLong(),
        DepthUpdates = reader.ReadLong(),
        Quotes = reader.ReadLong(),
        Snapshots = reader.ReadLong(),
        BookGaps = reader.ReadLong(),
        TopMatches = reader.ReadLong(),
        TopComparable = reader.ReadLong(),
        Duplicates = reader.ReadLong(),
        SequenceHoles = reader.ReadLong(),
        TimesBackwards = reader.ReadLong(),
        Samples = reader.ReadLong(),
        LateTrades = reader.ReadLong(),
        Interruptions = reader.ReadLong(),
        CrossedBooks = reader.ReadLong(),
        TimesAhead = reader.ReadLong(),
        ClockTurnedBack = reader.ReadLong(),
    };
}
