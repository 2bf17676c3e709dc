using System.Globalization;
using BtcAgent.Exchanges.Simulator.Protocol;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>A request's parameters, from REST or WebSocket, and the text that was signed.</summary>
internal sealed class ApiParameters(IReadOnlyDictionary<string, string> values, string signedPayload)
{
    public string SignedPayload => signedPayload;

    public string? Find(string name) => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <exception cref="VenueException">The parameter is absent.</exception>
    public string Required(string name) => Find(name) ?? throw new VenueException(VenueError.Missing(name));

    /// <exception cref="VenueException">Not a whole number.</exception>
    public long? Number(string name) => Find(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new VenueException(VenueError.Illegal(name));
}
