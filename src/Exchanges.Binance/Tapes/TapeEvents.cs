using BtcAgent.Exchanges.Binance.Frames;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>Reads the events of tapes one by one through the live parser, in constant memory.</summary>
public sealed class TapeEvents : IDisposable
{
    private readonly RefusalSummary _refusals = new();
    private readonly TapeContent _content;
    private readonly TapeReader _reader;
    private readonly BinanceFrameParser _parser;
    private long _events;

    /// <param name="instrument">Frames of other symbols are skipped and counted.</param>
    /// <param name="paths">The tapes in order of time.</param>
    /// <exception cref="MarketFeedException">A file is absent or not a tape.</exception>
    public TapeEvents(InstrumentId instrument, IReadOnlyList<string> paths)
    {
        _content = new TapeContent(instrument);
        _parser = new BinanceFrameParser(instrument.Symbol);
        _reader = new TapeReader(paths, _refusals.Add);
    }

    /// <summary>Counts of what was read; complete after the last event.</summary>
    public TapeStatistics Statistics { get; } = new();

    /// <summary>Line of the last event in its file, from 1.</summary>
    public long Line => _reader.Line;

    /// <summary>Levels of the last event, bids then asks, until the next one is read.</summary>
    public ReadOnlySpan<PriceLevel> Levels => _parser.Levels;

    /// <summary>Takes the next event, with sequences from 1; returns false at the end of the last file.</summary>
    public bool TryRead(out MarketEvent marketEvent)
    {
        while (_reader.TryRead(out var time, out var frame))
        {
            var outcome = _parser.Parse(frame, time, _events + 1, out marketEvent);
            Statistics.Count(outcome, marketEvent.Kind);
            if (outcome == FrameOutcome.Event)
            {
                _events++;
                return true;
            }

            if (outcome == FrameOutcome.OtherSymbol)
            {
                _content.CountOther(frame);
            }
            else if (outcome >= FrameOutcome.Unknown)
            {
                _refusals.Add($"tape {_reader.Position}: {_parser.Reason}");
            }
        }

        Statistics.TakeFrom(_reader);
        marketEvent = default;
        return false;
    }

    /// <summary>Returns the problems of lines and frames, one line for each reason with its count.</summary>
    public IEnumerable<string> Problems() => _refusals.Lines();

    /// <summary>Returns what does not fit the instrument; see <see cref="TapeContent.Remarks"/>.</summary>
    public IEnumerable<string> Remarks(long foreignSnapshots) => _content.Remarks(Statistics, foreignSnapshots);

    /// <summary>Returns why nothing of the tapes can be used, or null.</summary>
    public string? WhyUseless(long foreignSnapshots) => _content.WhyUseless(Statistics, foreignSnapshots);

    public void Dispose() => _reader.Dispose();
}
