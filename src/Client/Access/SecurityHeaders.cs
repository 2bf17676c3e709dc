using Microsoft.AspNetCore.Builder;

namespace BtcAgent.Client.Access;

/// <summary>Security headers of every answer.</summary>
internal static class SecurityHeaders
{
    private const string Strict =
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    /// <summary>For the API explorer and the Orleans Dashboard, whose pages contain inline scripts and styles.</summary>
    private const string Relaxed =
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'";

    public static void Use(WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        var path = context.Request.Path;
        headers.ContentSecurityPolicy = path.StartsWithSegments("/docs") || path.StartsWithSegments("/dashboard") ? Relaxed : Strict;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";

        // At the end, when the headers of a proxy have been read.
        context.Response.OnStarting(() =>
        {
            // A browser would apply it to every port of localhost, and so to other programs of this machine.
            var isLocal = context.Request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
            headers.StrictTransportSecurity = context.Request.IsHttps && !isLocal ? "max-age=31536000; includeSubDomains" : default;
            return Task.CompletedTask;
        });
        return next();
    });
}
