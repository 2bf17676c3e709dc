namespace BtcAgent.Silo.Settings;

/// <summary>Source of market data and destination of orders.</summary>
public enum VenueKind
{
    /// <summary>The embedded venue on loopback; fills on paper.</summary>
    Simulator,

    /// <summary>Recorded tapes; fills on paper; state is not stored.</summary>
    Replay,

    /// <summary>Binance's real market data; fills on paper.</summary>
    BinancePaper,

    /// <summary>Binance's test network: real requests, no real money.</summary>
    BinanceTestnet,

    /// <summary>Binance with real money; trades only once an operator has armed it.</summary>
    BinanceLive,
}
