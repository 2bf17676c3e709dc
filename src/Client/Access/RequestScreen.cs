using BtcAgent.Client.Attacks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Client.Access;

/// <summary>Records what the framework refuses or ignores silently, and refuses compressed bodies.</summary>
internal static class RequestScreen
{
    private static readonly object PassedHostFiltering = new();

    /// <summary>Headers that remain after the known proxies were processed come from other senders.</summary>
    private static readonly string[] Forwarded = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"];

    public static void UseBeforeHostFiltering(WebApplication app)
    {
        var attacks = app.Services.GetRequiredService<AttackLog>();
        app.Use(async (context, next) =>
        {
            if (Forwarded.Any(context.Request.Headers.ContainsKey))
            {
                attacks.Saw(AttackKind.ForwardedByStranger, context.Connection.RemoteIpAddress);
            }

            await next();
            if (!context.Items.ContainsKey(PassedHostFiltering))
            {
                attacks.Saw(AttackKind.ForeignHost, context.Connection.RemoteIpAddress);
            }
        });
    }

    public static void UseAfterHostFiltering(WebApplication app) => app.Use((context, next) =>
    {
        context.Items[PassedHostFiltering] = true;
        return next();
    });

    /// <summary>
    /// The gateway never decompresses a body, which prevents decompression bombs; it refuses a compressed body with a message.
    /// </summary>
    public static void UseAfterAuthorization(WebApplication app)
    {
        var attacks = app.Services.GetRequiredService<AttackLog>();
        app.Use(async (context, next) =>
        {
            var encoding = context.Request.Headers.ContentEncoding.ToString();
            if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            {
                await next();
                return;
            }

            attacks.Saw(AttackKind.EncodedBody, context.Connection.RemoteIpAddress);
            await Results.Problem(
                statusCode: StatusCodes.Status415UnsupportedMediaType,
                title: "Compressed bodies are not supported",
                detail: "Send the body without Content-Encoding.").ExecuteAsync(context);
        });
    }
}
