using BtcAgent.Exchanges.Binance.Frames;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>Counts what a tape contained, in frames unless stated otherwise.</summary>
public sealed class TapeStatistics
{
    public long Frames { get; private set; }

    public long Trades { get; private set; }

    public long Quotes { get; private set; }

    public long BookDeltas { get; private set; }

    public long BookSnapshots { get; private set; }

    public long Klines { get; private set; }

    public long OtherSymbols { get; private set; }

    /// <summary>Frames that the parser refused.</summary>
    public long Refusals { get; private set; }

    /// <summary>Lines without a frame.</summary>
    public long BadLines { get; private set; }

    public long TimesGoneBack { get; private set; }

    /// <summary>Truncated or corrupt files.</summary>
    public long BrokenFiles { get; private set; }

    internal void Count(FrameOutcome outcome, MarketEventKind kind)
    {
        Frames++;
        switch (outcome)
        {
            case FrameOutcome.Event when kind == MarketEventKind.Trade: Trades++; break;
            case FrameOutcome.Event when kind == MarketEventKind.Quote: Quotes++; break;
            case FrameOutcome.Event when kind == MarketEventKind.BookDelta: BookDeltas++; break;
            case FrameOutcome.Event when kind == MarketEventKind.BookSnapshot: BookSnapshots++; break;
            case FrameOutcome.Kline: Klines++; break;
            case FrameOutcome.OtherSymbol: OtherSymbols++; break;
            case FrameOutcome.Unknown or FrameOutcome.Malformed: Refusals++; break;
        }
    }

    internal void TakeFrom(TapeReader reader)
    {
        BadLines = reader.BadLines;
        TimesGoneBack = reader.TimesGoneBack;
        BrokenFiles = reader.BrokenFiles;
    }
}
