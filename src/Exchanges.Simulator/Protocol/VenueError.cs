namespace BtcAgent.Exchanges.Simulator.Protocol;

/// <summary>A refusal with Binance's code and text. Source: Binance spot documentation, "Error codes".</summary>
internal readonly record struct VenueError(int Status, int Code, string Message)
{
    public static VenueError UnknownSymbol { get; } = new(400, -1121, "Invalid symbol.");

    /// <summary>This venue has one-minute bars only.</summary>
    public static VenueError InvalidInterval { get; } = new(400, -1120, "Invalid interval.");

    public static VenueError TooManyRequests { get; } =
        new(429, -1003, "Too much request weight used; current limit is exceeded. Please wait.");

    public static VenueError NoReferencePrice { get; } = new(400, -2043, "This symbol doesn't have a reference price.");

    public static VenueError Missing(string parameter) =>
        new(400, -1102, $"Mandatory parameter '{parameter}' was not sent, was empty/null, or malformed.");

    public static VenueError Illegal(string parameter) =>
        new(400, -1100, $"Illegal characters found in parameter '{parameter}'; legal range is a whole number.");
}
