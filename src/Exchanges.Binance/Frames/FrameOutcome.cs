namespace BtcAgent.Exchanges.Binance.Frames;

/// <summary>Result of parsing a frame.</summary>
public enum FrameOutcome : byte
{
    /// <summary>A market event of the parser's instrument.</summary>
    Event = 1,

    /// <summary>A venue bar: see <see cref="BinanceFrameParser.Kline"/>. Not a market event.</summary>
    Kline = 2,

    /// <summary>A well-formed event of another instrument.</summary>
    OtherSymbol = 3,

    /// <summary>The answer to a subscription request.</summary>
    Control = 4,

    /// <summary>The server is about to shut down: open a new connection at once.</summary>
    ServerShutdown = 5,

    /// <summary>The frame is refused because the parser does not know its kind; the reason names it.</summary>
    Unknown = 6,

    /// <summary>Refused: truncated, not JSON, or a field with an impossible value; the reason says which.</summary>
    Malformed = 7,
}
