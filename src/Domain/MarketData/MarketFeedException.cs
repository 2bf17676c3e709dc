namespace BtcAgent.Domain.MarketData;

/// <summary>A feed cannot continue; the message names the input and the remedy.</summary>
public sealed class MarketFeedException(string message, Exception? innerException = null) : Exception(message, innerException);
