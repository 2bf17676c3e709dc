using System.Text;

namespace BtcAgent.Exchanges.Binance.Frames;

/// <summary>
/// Parses the venue frames of one instrument into <see cref="MarketEvent"/>: trade, bookTicker, depthUpdate and kline,
/// combined (<c>{"stream":…,"data":{…}}</c>) or raw, and the REST depth snapshot. Allocates only when it refuses a frame,
/// and never throws on input. An instance serves one reader at a time.
/// </summary>
/// <remarks>
/// A frame is first compared literally with the layout that Binance sends today (BinanceFrameParser.Fast.cs); at the first
/// difference it is read again with its members in any order (BinanceFrameParser.AnyOrder.cs).
/// Source of the shapes: Binance spot API documentation, "WebSocket Streams" and "Market Data endpoints".
/// </remarks>
public sealed partial class BinanceFrameParser
{
    /// <summary>Most levels in one frame: twice a REST snapshot of 5,000 levels a side.</summary>
    public const int LevelsMax = 20_000;

    private readonly byte[] _symbol;
    private readonly LevelBuffer _levels = new(LevelsMax);
    private readonly byte[] _tradeStart;
    private readonly byte[] _quoteStart;
    private readonly byte[] _depthStart;
    private readonly byte[] _symbolMember;
    private readonly byte[] _quoteSymbolMember;
    private VenueBar _kline;

    /// <param name="symbol">The venue's name in capitals, such as <c>BTCUSDT</c>.</param>
    public BinanceFrameParser(string symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        var stream = symbol.ToLowerInvariant();
        _symbol = Encoding.UTF8.GetBytes(symbol);
        _tradeStart = Encoding.UTF8.GetBytes($$"""{"stream":"{{stream}}@trade","data":""");
        _quoteStart = Encoding.UTF8.GetBytes($$"""{"stream":"{{stream}}@bookTicker","data":""");
        _depthStart = Encoding.UTF8.GetBytes($$"""{"stream":"{{stream}}@depth@100ms","data":""");
        _symbolMember = Encoding.UTF8.GetBytes($",\"s\":\"{symbol}\",\"");
        _quoteSymbolMember = Encoding.UTF8.GetBytes($",\"s\":\"{symbol}\",\"b\":\"");
    }

    /// <summary>Levels of the last event, bids then asks; overwritten by the next parse.</summary>
    public ReadOnlySpan<PriceLevel> Levels => _levels.Levels;

    /// <summary>The bar of the last frame whose outcome was <see cref="FrameOutcome.Kline"/>.</summary>
    public ref readonly VenueBar Kline => ref _kline;

    /// <summary>Why the last refused frame was refused: one line that names the input and the problem.</summary>
    public string Reason { get; private set; } = "";

    /// <param name="frame">UTF-8 JSON, one frame.</param>
    /// <param name="receiveTime">Our clock when the frame was received.</param>
    /// <param name="sequence">Sequence number for the event, if the frame contains one.</param>
    /// <param name="marketEvent">Set when the outcome is <see cref="FrameOutcome.Event"/>.</param>
    public FrameOutcome Parse(
        ReadOnlySpan<byte> frame, Timestamp receiveTime, long sequence, out MarketEvent marketEvent)
    {
        _levels.Clear();
        if (TryParseFast(frame, receiveTime, sequence, out marketEvent))
        {
            return FrameOutcome.Event;
        }

        _levels.Clear();
        return ParseAnyOrder(frame, receiveTime, sequence, out marketEvent);
    }

    private FrameOutcome RefuseUnknown(string what, ReadOnlySpan<byte> frame)
    {
        _levels.Clear();
        Reason = $"Binance frame of unknown kind: {what}; frame {FrameExcerpt.Of(frame)}";
        return FrameOutcome.Unknown;
    }

    private FrameOutcome RefuseMalformed(string what, ReadOnlySpan<byte> frame)
    {
        _levels.Clear();
        Reason = $"Binance frame refused: {what}; frame {FrameExcerpt.Of(frame)}";
        return FrameOutcome.Malformed;
    }
}
