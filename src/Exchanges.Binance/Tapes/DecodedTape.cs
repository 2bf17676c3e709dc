using BtcAgent.Exchanges.Binance.Frames;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>
/// A complete tape, decoded once through the live parser, for backtests, replay tests and measurements. Takes about 105
/// bytes per event and 16 bytes per level.
/// </summary>
public sealed class DecodedTape
{
    private DecodedTape(MarketEvent[] events, PriceLevel[] levels, TapeStatistics statistics)
    {
        Events = events;
        Levels = levels;
        Statistics = statistics;
    }

    /// <summary>In tape order, <see cref="MarketEvent.Sequence"/> from 1.</summary>
    public MarketEvent[] Events { get; }

    /// <summary>Levels of all book events; see <see cref="LevelsOf"/>.</summary>
    public PriceLevel[] Levels { get; }

    public TapeStatistics Statistics { get; }

    public ReadOnlySpan<PriceLevel> LevelsOf(in MarketEvent marketEvent) =>
        Levels.AsSpan(marketEvent.LevelsStart, marketEvent.LevelCount);

    /// <param name="instrument">Frames of other symbols are skipped and counted.</param>
    /// <param name="paths">The tapes in order of time.</param>
    /// <param name="report">Receives each problem; with null only the counts are kept.</param>
    /// <exception cref="MarketFeedException">A file is absent or not a tape.</exception>
    public static DecodedTape Load(
        InstrumentId instrument, IReadOnlyList<string> paths, Action<string>? report = null)
    {
        report ??= static _ => { };
        using var reader = new TapeReader(paths, report);
        var parser = new BinanceFrameParser(instrument.Symbol);
        var events = new List<MarketEvent>();
        var levels = new List<PriceLevel>();
        var statistics = new TapeStatistics();
        while (reader.TryRead(out var time, out var frame))
        {
            var outcome = parser.Parse(frame, time, events.Count + 1, out var marketEvent);
            statistics.Count(outcome, marketEvent.Kind);
            if (outcome == FrameOutcome.Event)
            {
                events.Add(marketEvent with { LevelsStart = levels.Count });
                levels.AddRange(parser.Levels);
            }
            else if (outcome >= FrameOutcome.Unknown)
            {
                report($"tape {reader.Position}: {parser.Reason}");
            }
        }

        statistics.TakeFrom(reader);
        return new DecodedTape([.. events], [.. levels], statistics);
    }
}
