using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Research.Datasets;

/// <summary>
/// From an instrument's market events to the samples a live agent would take of them, through the same pipeline. Rows
/// are the warm samples whose book is in sync; the price is the mid.
/// </summary>
public static class EventDatasetBuilder
{
    private const int EventsPerReport = 65_536;

    /// <param name="instrument">Of all events.</param>
    /// <param name="options">Bars, sampling and VPIN: part of the schema.</param>
    /// <param name="events">In feed order.</param>
    /// <param name="levels">Of the book events.</param>
    /// <param name="until">Takes a last sample at this instant, a multiple of the sampling interval after all events.</param>
    /// <param name="progress">Told how many events are done, now and then.</param>
    /// <param name="cancel">Looked at as often as progress is told.</param>
    public static FeatureDataset Build(
        InstrumentId instrument,
        FeatureOptions options,
        ReadOnlySpan<MarketEvent> events,
        LevelsOfEvent levels,
        Timestamp? until = null,
        IProgress<long>? progress = null,
        CancellationToken cancel = default)
    {
        var rows = new EventRows(instrument, options);
        for (var i = 0; i < events.Length; i++)
        {
            if (i % EventsPerReport == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(i);
            }

            ref readonly var next = ref events[i];
            rows.OnEvent(in next, levels(in next));
        }

        if (until is { } instant && events.Length > 0)
        {
            rows.Sample(Clock(events[^1].Sequence + 1, instant));
        }

        progress?.Report(events.Length);
        return rows.ToDataset();
    }

    /// <summary>
    /// The events that were there at a sampling instant: all before the first one with a time at or after it. For
    /// auditing a dataset against its truncated past.
    /// </summary>
    public static ReadOnlySpan<MarketEvent> Before(ReadOnlySpan<MarketEvent> events, Timestamp instant)
    {
        var count = 0;
        while (count < events.Length && events[count].EventTime < instant)
        {
            count++;
        }

        return events[..count];
    }

    /// <summary>Only tells the time; never applied.</summary>
    internal static MarketEvent Clock(long sequence, Timestamp time) =>
        new() { Kind = MarketEventKind.Trade, Sequence = sequence, EventTime = time };
}
