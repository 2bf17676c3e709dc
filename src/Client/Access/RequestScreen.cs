using BtcAgent.Client.Attacks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Client.Access;

/// <summary>Notices what the framework refuses or ignores without a word, and refuses bodies in disguise.</summary>
internal static class RequestScreen
{
    private static readonly object PassedHostFiltering = new();

    /// <summary>What is still there after the known proxies were heard comes from somebody else.</summary>
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

    /// <summary>Nothing here inflates a body, so that none can be a bomb; a compressed one is refused in words.</summary>
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
                title: "Compressed bodies are not read",
                detail: "Send the body without Content-Encoding.").ExecuteAsync(context);
        });
    }
}
