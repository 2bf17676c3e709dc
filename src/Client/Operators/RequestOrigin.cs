using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Operators;

/// <summary>The origin of a request, as reported by the browser.</summary>
internal static class RequestOrigin
{
    private const int ShownMax = 100;

    /// <summary>True for reads and for requests by pages of the gateway's origin.</summary>
    public static bool MayChange(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsSame(request);

    /// <summary>The foreign origin, for a message.</summary>
    public static string Describe(HttpRequest request) => request.Headers.Origin.ToString() switch
    {
        "" => "a request without an origin",
        var origin => origin.Length <= ShownMax ? origin : origin[..ShownMax],
    };

    /// <summary>True when scheme, host and port are equal; an omitted port is the scheme's default.</summary>
    private static bool IsSame(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin
            ? Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
                && from.Scheme == own.Scheme
                && from.Port == own.Port
                && string.Equals(from.IdnHost, own.IdnHost, StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"] == "same-origin";
}
