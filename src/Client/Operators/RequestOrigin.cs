using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Operators;

/// <summary>From which page a request comes, as far as the browser says.</summary>
internal static class RequestOrigin
{
    private const int ShownMax = 100;

    /// <summary>Reading, or asked by a page of the gateway's own origin.</summary>
    public static bool MayChange(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsSame(request);

    /// <summary>The foreign origin, for a message.</summary>
    public static string Describe(HttpRequest request) => request.Headers.Origin.ToString() switch
    {
        "" => "a request that names no origin",
        var origin => origin.Length <= ShownMax ? origin : origin[..ShownMax],
    };

    /// <summary>Scheme, host and port agree; a port left out is the scheme's.</summary>
    private static bool IsSame(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin
            ? Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
                && from.Scheme == own.Scheme
                && from.Port == own.Port
                && string.Equals(from.IdnHost, own.IdnHost, StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"] == "same-origin";
}
