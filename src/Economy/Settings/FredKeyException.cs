namespace BtcAgent.Economy.Settings;

/// <summary>The key of FRED is missing or cannot be read; the message says where to put it.</summary>
public sealed class FredKeyException(string message) : Exception(message);
