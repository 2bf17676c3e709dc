namespace BtcAgent.Social.X.Settings;

/// <summary>The bearer token is missing or cannot be read; the message says where to put it.</summary>
public sealed class BearerTokenException(string message) : Exception(message);
