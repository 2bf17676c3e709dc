using System.Globalization;
using System.Text.Json;
using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace BtcAgent.Client.Audits;

/// <summary>
/// Records every command, in one place for all endpoints, from their rules. The entry with the outcome is on disk before the
/// first byte of the answer is sent. A command that may start trading or loosen something is also recorded before it is carried
/// out, and refused when that fails. A command that stops trading is carried out first, and says when it could not be recorded.
/// </summary>
internal sealed class AuditedRequests(AuditTrail trail, RefusalQuota quota)
{
    /// <summary>Header of an answer whose entry is not written yet, with the reason.</summary>
    public const string ProblemHeader = "X-Audit-Problem";

    private const string Stranger = "(no key)";
    private const int BodyBytesMax = 8_192;

    /// <summary>Outside of the authorization, so that refused commands are recorded too.</summary>
    public async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        if (VerbOf(context) is not { } verb)
        {
            await next(context);
            return;
        }

        var entry = new OutcomeEntry(() => RecordOutcomeAsync(context, verb));
        context.Features.Set(entry);
        context.Response.OnStarting(entry.WriteAsync);
        await next(context);
        if (!context.Response.HasStarted)
        {
            // The client has gone: nothing is sent, and the action is done.
            await entry.WriteAsync();
        }
    }

    /// <summary>
    /// Inside of the authorization: the command is allowed and about to be carried out. A call of gRPC is announced once its message is known.
    /// </summary>
    public async Task AnnounceAsync(HttpContext context, RequestDelegate next, Predicate<HttpRequest> isCall)
    {
        if (!isCall(context.Request) && await WhyNotAnnouncedAsync(context) is { } refusal)
        {
            await Results.Problem(refusal).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    /// <returns>Why the command is not carried out: it could not be recorded. Null when it may.</returns>
    public async Task<ProblemDetails?> WhyNotAnnouncedAsync(HttpContext context)
    {
        if (VerbOf(context) is not { } verb || CallerIdentity.Of(context) is not { } caller || CommandVerbs.Stops(verb)
            || verb is CommandVerbs.SignIn or CommandVerbs.SignOut
            || await trail.AppendAsync(Draft(context, verb, caller, AuditOutcome.Requested, null)) is not { } problem)
        {
            return null;
        }

        AuditNote.Of(context).Outcome = AuditOutcome.Refused;
        return new ProblemDetails
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Title = "The audit cannot be written",
            Detail = $"Nothing was done, because it could not be recorded ({problem}). Halt, flatten, disarm and cancel work without it.",
        };
    }

    /// <summary>Null for a request that changes nothing: a read, or the display of the sign-in page.</summary>
    private static string? VerbOf(HttpContext context) =>
        context.GetEndpoint() is { } endpoint && RouteTable.RuleOf(endpoint) is { Verb: { } verb }
            && (!HttpMethods.IsGet(context.Request.Method) || context.Request.Query.ContainsKey("token"))
            ? verb
            : null;

    private async Task RecordOutcomeAsync(HttpContext context, string verb)
    {
        var caller = CallerIdentity.Of(context);
        var note = AuditNote.Of(context);
        if (note.IsRepeat)
        {
            return;
        }

        var outcome = note.Outcome ?? OutcomeOf(StatusOf(context));
        long skipped = 0;
        if (outcome == AuditOutcome.Refused)
        {
            if (quota.Take(caller?.Name ?? Stranger) is not { } count)
            {
                return;
            }

            skipped = count;
        }

        if (caller is not null && outcome != AuditOutcome.Refused)
        {
            await ReadBodyAsync(context, note);
        }

        note.After = outcome is AuditOutcome.Refused or AuditOutcome.Failed ? Explain(context, skipped) : note.After;
        if (await trail.AppendAsync(Draft(context, verb, caller, outcome, note)) is { } problem && !context.Response.HasStarted)
        {
            context.Response.Headers[ProblemHeader] = Printable(problem);
        }
    }

    private static AuditDraft Draft(HttpContext context, string verb, Caller? caller, AuditOutcome outcome, AuditNote? note) => new()
    {
        Id = AuditDraft.IdOf(AuditNote.Of(context).Operation ?? context.TraceIdentifier, outcome),
        Operation = AuditNote.Of(context).Operation,
        Kind = AuditKind.Operator,
        Actor = note?.Actor ?? caller?.Name ?? Stranger,
        Role = note?.Role ?? (caller?.Role is { } role ? AccessRoles.NameOf(role) : null),
        Address = context.Connection.RemoteIpAddress?.ToString(),
        Action = verb,
        Subject = note?.Subject ?? SubjectOf(context),
        Reason = AuditNote.Short(note?.Reason),
        Before = note?.Before,
        After = note?.After,
        Outcome = outcome,
    };

    private static AuditOutcome OutcomeOf(int status) => status switch
    {
        StatusCodes.Status202Accepted => AuditOutcome.Pending,
        < 400 => AuditOutcome.Done,
        < 500 => AuditOutcome.Refused,
        _ => AuditOutcome.Failed,
    };

    private static string Explain(HttpContext context, long skipped)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"HTTP {StatusOf(context)}");
        return (RouteRuleHandler.RefusalOf(context), skipped) switch
        {
            ({ } why, 0) => $"{status}: {why}",
            ({ } why, _) => string.Create(CultureInfo.InvariantCulture, $"{status}: {why} {skipped} more were refused and not recorded"),
            (null, 0) => status,
            _ => string.Create(CultureInfo.InvariantCulture, $"{status}; {skipped} more were refused and not recorded"),
        };
    }

    private static int StatusOf(HttpContext context) => AuditNote.Of(context).Status ?? context.Response.StatusCode;

    private static string SubjectOf(HttpContext context) =>
        AuditNote.Short(string.Join('/', context.Request.RouteValues.Where(pair => pair.Key != AuditNote.SecretParameter).Select(pair => pair.Value?.ToString())))!;

    /// <summary>Reads the reason and the portfolio once more from the buffered body; other bodies are left alone.</summary>
    private static async Task ReadBodyAsync(HttpContext context, AuditNote note)
    {
        var request = context.Request;
        if (!request.HasJsonContentType() || !request.Body.CanSeek || request.Body.Length > BodyBytesMax)
        {
            return;
        }

        request.Body.Position = 0;
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                note.Reason ??= Text(body.RootElement, "reason");
                note.Subject ??= request.RouteValues.Count == 0 ? Text(body.RootElement, "portfolio") : null;
            }
        }
        catch (JsonException)
        {
            return; // The endpoint has accepted or refused it already; there is no reason to read.
        }
    }

    private static string? Text(JsonElement body, string name) =>
        body.EnumerateObject().FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Value.ValueKind: JsonValueKind.String } found
            ? found.Value.GetString()
            : null;

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or ':' or '-' or '/' ? c : '?'));
}
