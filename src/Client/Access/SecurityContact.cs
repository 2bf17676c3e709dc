using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Access;

/// <summary><c>/.well-known/security.txt</c> (RFC 9116): where to report a vulnerability of this installation.</summary>
internal static class SecurityContact
{
    /// <summary>The RFC recommends less than a year.</summary>
    private static readonly TimeSpan ValidFor = TimeSpan.FromDays(180);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/.well-known/security.txt", Read).WithRule(RouteRule.Anyone()).ExcludeFromDescription();

    private static IResult Read(IOptions<GatewayOptions> options, TimeProvider time) => options.Value.SecurityContact is { Length: > 0 } contact
        ? Results.Text(string.Create(
            CultureInfo.InvariantCulture, $"Contact: {contact}\nExpires: {time.GetUtcNow() + ValidFor:yyyy-MM-dd'T'HH:mm:ss'Z'}\nPreferred-Languages: en\n"))
        : Results.NotFound();
}
