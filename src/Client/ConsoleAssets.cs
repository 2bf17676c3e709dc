using System.Reflection;
using BtcAgent.Client.Access;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client;

/// <summary>Serves the console's files from this assembly: the page at <c>/</c>, the rest under <c>/assets</c>.</summary>
internal static class ConsoleAssets
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", () => Read("index.html"))
            .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).ExcludeFromDescription();

        // Styles and scripts contain no secrets, and the sign-in page needs the styles.
        app.MapGet("/assets/{file}", Read).WithRule(RouteRule.Anyone()).ExcludeFromDescription();
    }

    private static IResult Read(string file) =>
        Types.TryGetValue(Path.GetExtension(file), out var type)
        && Assembly.GetExecutingAssembly().GetManifestResourceStream($"console/{file}") is { } stream
            ? Results.Stream(stream, type)
            : Results.NotFound();
}
