using System.Text.Encodings.Web;
using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Alerts;
using BtcAgent.Domain.Alerts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

/// <summary>
/// <c>/ack/{link}</c>: acknowledges the one alert for which the link of a message was signed. GET shows a page with a button, because mail
/// scanners follow links; only the button's POST acknowledges.
/// </summary>
internal static class AlertLinkEndpoint
{
    /// <summary>Name in the audit of anyone who received the message, and has no session.</summary>
    public const string Actor = "link";

    private const string Path = $"/ack/{{{AuditNote.SecretParameter}}}";
    private const int BodyBytesMax = 1_024;
    private const string Unusable = "This link is not one of this agent, is too old, or its alert has ended.";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ShowAsync).WithRule(RouteRule.Anyone()).ExcludeFromDescription();
        app.MapPost(Path, AcknowledgeAsync).WithRule(RouteRule.Anyone(CommandVerbs.AcknowledgeAlert)).WithMetadata(new RequestSizeLimitAttribute(BodyBytesMax)).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(string link, IGrainFactory grains, OperatorKey key, TimeProvider time) =>
        await FindAsync(link, grains, key, time) switch
        {
            null => Page(StatusCodes.Status404NotFound, Unusable),
            { Acknowledged: not null } alert => Page(StatusCodes.Status200OK, "This alert is acknowledged already.", alert),
            { } alert => Page(StatusCodes.Status200OK, "The agent repeats and escalates this alert until somebody works on it.", alert, hasButton: true),
        };

    private static async Task<IResult> AcknowledgeAsync(string link, HttpContext context, IGrainFactory grains, OperatorKey key, TimeProvider time)
    {
        var note = AuditNote.Of(context);
        note.Subject = "(unusable link)";
        if (await FindAsync(link, grains, key, time) is not { } found)
        {
            return Page(StatusCodes.Status404NotFound, Unusable);
        }

        var by = CallerIdentity.Of(context)?.Name ?? Actor;
        (note.Actor, note.Subject) = (by, found.Id);
        if (found.Acknowledged is not null)
        {
            return Page(StatusCodes.Status200OK, "This alert is acknowledged already.", found);
        }

        return await grains.GetGrain<IAlertGrain>(IAlertGrain.Key).Acknowledge(found.Id, by, "by the link of a message", until: null) is { } alert
            ? Page(StatusCodes.Status200OK, "Acknowledged: no repeats and no escalation until it is resolved.", alert)
            : Page(StatusCodes.Status404NotFound, Unusable);
    }

    /// <summary>Returns the alert while it fires as it did when the link was made; otherwise null.</summary>
    private static async Task<Alert?> FindAsync(string link, IGrainFactory grains, OperatorKey key, TimeProvider time)
    {
        if (AlertLink.Read(link, key.DeriveLinkKey()) is not { } read || time.GetUtcNow() >= read.Until)
        {
            return null;
        }

        var list = await grains.GetGrain<IAlertGrain>(IAlertGrain.Key).List();
        return list.Alerts.FirstOrDefault(alert => alert.Id == read.AlertId && alert.IsFiring && alert.FiringSince == read.FiringSince);
    }

    private static IResult Page(int status, string notice, Alert? alert = null, bool hasButton = false)
    {
        var about = alert is null ? "" : HtmlEncoder.Default.Encode($"{alert.Severity.ToString().ToLowerInvariant()} {alert.Name}: {alert.Summary}");
        return Results.Content(
            $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>BtcAgent: alert</title>
            <link rel="stylesheet" href="/assets/console.css"></head><body class="notice"><main>
            <h1>{(alert is null ? "No such alert" : "Alert")}</h1><p>{about}</p><p role="status">{notice}</p>
            {(hasButton ? "<form method=\"post\"><button>Acknowledge</button></form>" : "")}</main></body></html>
            """,
            SignInPage.ContentType,
            statusCode: status);
    }
}
