namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>
/// A complete tape, decoded once through the live parser, for backtests, replay tests and measurements. Takes about 105
/// bytes per event and 16 bytes per level.
/// </summary>
public sealed class DecodedTape
{
    private DecodedTape(MarketEvent[] events, PriceLevel[] levels, TapeStatistics statistics, string? whyUseless)
    {
        WhyUseless = whyUseless;
        Events = events;
        Levels = levels;
        Statistics = statistics;
    }

    /// <summary>In tape order, <see cref="MarketEvent.Sequence"/> from 1.</summary>
    public MarketEvent[] Events { get; }

    /// <summary>Levels of all book events; see <see cref="LevelsOf"/>.</summary>
    public PriceLevel[] Levels { get; }

    public TapeStatistics Statistics { get; }

    /// <summary>Why nothing of the tape can be used for the instrument; null if something can.</summary>
    public string? WhyUseless { get; }

    public ReadOnlySpan<PriceLevel> LevelsOf(in MarketEvent marketEvent) =>
        Levels.AsSpan(marketEvent.LevelsStart, marketEvent.LevelCount);

    /// <summary>Returns the tape with tallies of posts and notices of releases among its events, as a replay by the agent has them (<see cref="InjectedMerge"/>).</summary>
    /// <param name="known">In any order; those known at the same time keep theirs.</param>
    public DecodedTape With(IEnumerable<IInjectedEvent> known)
    {
        var merge = new InjectedMerge(known);
        var events = new List<MarketEvent>(Events.Length + merge.Count);
        var levels = new List<PriceLevel>(Levels.Length);
        foreach (ref readonly var marketEvent in Events.AsSpan())
        {
            while (merge.TryTake(marketEvent.ReceiveTime, out var next))
            {
                var values = new PriceLevel[next.LevelCount];
                next.Write(values);
                events.Add(next.ToEvent(events.Count + 1, next.KnownAt) with { LevelsStart = levels.Count });
                levels.AddRange(values);
            }

            events.Add(marketEvent with { Sequence = events.Count + 1, LevelsStart = levels.Count });
            levels.AddRange(LevelsOf(in marketEvent));
        }

        return new DecodedTape([.. events], [.. levels], Statistics, WhyUseless);
    }

    /// <param name="instrument">Frames of other symbols are skipped and counted.</param>
    /// <param name="paths">The tapes in order of time.</param>
    /// <param name="report">Receives the problems, one line for each reason with its count; with null only the counts are kept.</param>
    /// <exception cref="MarketFeedException">A file is absent or not a tape.</exception>
    public static DecodedTape Load(
        InstrumentId instrument, IReadOnlyList<string> paths, Action<string>? report = null)
    {
        using var tape = new TapeEvents(instrument, paths);
        var events = new List<MarketEvent>();
        var levels = new List<PriceLevel>();
        while (tape.TryRead(out var marketEvent))
        {
            events.Add(marketEvent with { LevelsStart = levels.Count });
            levels.AddRange(tape.Levels);
        }

        var foreign = RemoveForeignSnapshots(events, levels);
        foreach (var line in report is null ? [] : tape.Problems().Concat(tape.Remarks(foreign)))
        {
            report!(line);
        }

        return new DecodedTape([.. events], [.. levels], tape.Statistics, tape.WhyUseless(foreign));
    }

    /// <summary>A snapshot names no symbol; one far from the quote that follows it is of another.</summary>
    private static int RemoveForeignSnapshots(List<MarketEvent> events, List<PriceLevel> levels)
    {
        var quote = double.NaN;
        var foreign = new HashSet<long>();
        for (var i = events.Count - 1; i >= 0; i--)
        {
            var marketEvent = events[i];
            if (marketEvent.Kind == MarketEventKind.Quote && marketEvent.Quote.IsTwoSided)
            {
                quote = (double)marketEvent.Quote.Mid;
            }
            else if (marketEvent is { Kind: MarketEventKind.BookSnapshot, BidCount: > 0, AskCount: > 0 } && !double.IsNaN(quote))
            {
                var bid = levels[marketEvent.LevelsStart].Price.ToDouble();
                var ask = levels[marketEvent.LevelsStart + marketEvent.BidCount].Price.ToDouble();
                if (TapeContent.IsForeign((bid + ask) / 2, quote))
                {
                    foreign.Add(marketEvent.Sequence);
                }
            }
        }

        if (foreign.Count > 0)
        {
            events.RemoveAll(marketEvent => foreign.Contains(marketEvent.Sequence));
            for (var i = 0; i < events.Count; i++)
            {
                events[i] = events[i] with { Sequence = i + 1 };
            }
        }

        return foreign.Count;
    }
}
