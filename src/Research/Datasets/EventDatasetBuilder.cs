using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Research.Datasets;

/// <summary>
/// Builds the samples that a live agent would take of an instrument's market events, through the same pipeline. Rows are
/// the warm samples with a book in sync; the price is the mid.
/// </summary>
public static class EventDatasetBuilder
{
    private const int EventsPerReport = 65_536;

    /// <param name="instrument">Instrument of all events.</param>
    /// <param name="options">Bars, sampling and VPIN; part of the schema.</param>
    /// <param name="events">Events in feed order.</param>
    /// <param name="levels">Returns the levels of a book event.</param>
    /// <param name="until">Instant of a last sample, a multiple of the sampling interval after all events.</param>
    /// <param name="progress">Receives the number of events done, periodically.</param>
    /// <param name="cancel">Checked when progress is reported.</param>
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
    /// The events that existed at a sampling instant: all before the first one with a time at or after it. Used to audit a
    /// dataset against its truncated past.
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

    /// <summary>Creates an event that only advances the time and is never applied.</summary>
    internal static MarketEvent Clock(long sequence, Timestamp time) =>
        new() { Kind = MarketEventKind.Trade, Sequence = sequence, EventTime = time };
}
