namespace BtcAgent.Exchanges.Binance.Execution.Signing;

/// <summary>No usable API key. The message names the setting, never its value.</summary>
public sealed class BinanceCredentialsException(string message) : Exception(message);
