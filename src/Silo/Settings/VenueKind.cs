namespace BtcAgent.Silo.Settings;

/// <summary>Where market data comes from and orders go.</summary>
public enum VenueKind
{
    /// <summary>The embedded venue on loopback; fills on paper.</summary>
    Simulator,

    /// <summary>Recorded tapes; fills on paper; state is not kept.</summary>
    Replay,

    /// <summary>Binance's real market data; fills on paper.</summary>
    BinancePaper,

    /// <summary>Binance's test network: real requests, no real money.</summary>
    BinanceTestnet,

    /// <summary>Binance with real money; trades only once an operator has armed it.</summary>
    BinanceLive,
}
