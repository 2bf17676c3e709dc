using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BtcAgent.Client.Access;
using BtcAgent.Client.Idempotency;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Access;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

/// <summary>Issues, lists, rotates and revokes keys. The secret is made here and leaves only in the answer.</summary>
internal static partial class KeyApi
{
    private const int DaysMax = 3_650;
    private const int GraceMinutesMax = 10_080;

    /// <summary>Actors of the audit other than keys.</summary>
    private static readonly FrozenSet<string> Reserved =
        new[] { Caller.OperatorName, Caller.MetricsName, AlertLinkEndpoint.Actor, "agent", "gateway", "system", "venue" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/keys").WithTags("Keys");
        group.MapGet("", ListAsync).WithRule(RouteRule.Read(AccessRole.Admin, RouteScope.WholeAgent)).WithName("ListKeys")
            .WithSummary("The issued keys with role, portfolios, commands, end and last use; never a secret")
            .Produces<IReadOnlyList<KeyView>>();
        group.MapPost("", CreateAsync).WithRule(Admins(CommandVerbs.CreateKey)).WithName("CreateKey")
            .WithSummary("Issue a key; its secret is in this answer only")
            .Produces<IssuedKey>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id}/rotate", RotateAsync).WithRule(Admins(CommandVerbs.RotateKey)).WithName("RotateKey")
            .WithSummary("Replace a key's secret; the former one is accepted for a grace period")
            .Produces<IssuedKey>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id}/revoke", RevokeAsync).WithRule(Admins(CommandVerbs.RevokeKey)).WithName("RevokeKey")
            .WithSummary("Revoke a key for good; its sessions end with it")
            .Produces<KeyView>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static RouteRule Admins(string verb) => RouteRule.Command(verb, AccessRole.Admin, RouteScope.WholeAgent);

    private static async Task<IResult> ListAsync(IGrainFactory grains, TimeProvider time)
    {
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        var ring = await grains.GetGrain<IAccessGrain>(IAccessGrain.Key).GetKeys();
        return TypedResults.Ok<IReadOnlyList<KeyView>>([.. ring.Keys.Select(key => KeyView.Of(key, now))]);
    }

    private static async Task<IResult> CreateAsync(
        KeyRequest request, HttpContext context, IGrainFactory grains, KeyDirectory keys, IOptions<AgentOptions> options, TimeProvider time)
    {
        if (ProblemOf(request, options.Value) is { } problem)
        {
            return problem;
        }

        var text = ApiKeyText.New();
        var wanted = new NewApiKey(
            text.Id,
            request.Name!,
            text.Digest,
            request.Role!.Value,
            new AccessScope { Portfolios = [.. request.Portfolios ?? []], Verbs = [.. request.Verbs ?? []] },
            Timestamp.FromDateTimeOffset(time.GetUtcNow().AddDays(request.ExpiresInDays)));
        (AuditNote.Of(context).Subject, AuditNote.Of(context).After) = ($"{text.Id} {wanted.Name}", Summary(wanted));
        return Issue(context, await Grain(grains).Create(wanted, context.OperatorName()), keys, time, text);
    }

    private static async Task<IResult> RotateAsync(
        string id, RotateRequest request, HttpContext context, IGrainFactory grains, KeyDirectory keys, TimeProvider time)
    {
        if ((OperatorReason.Check(request.Reason, out _) ?? KnownNames.CheckRange("graceMinutes", request.GraceMinutes, 0, GraceMinutesMax)) is { } refusal)
        {
            return refusal;
        }

        var text = ApiKeyText.New(id);
        return Issue(context, await Grain(grains).Rotate(id, text.Digest, TimeSpan.FromMinutes(request.GraceMinutes)), keys, time, text);
    }

    private static async Task<IResult> RevokeAsync(string id, ControlRequest request, IGrainFactory grains, KeyDirectory keys, TimeProvider time) =>
        OperatorReason.Check(request.Reason, out _) ?? Answer(await Grain(grains).Revoke(id), keys, time, key => TypedResults.Ok(key));

    /// <summary>
    /// The secret is in the first answer only, which is not stored. A repeat learns the id; so does a request whose first try issued the
    /// key and was never answered: the grain then returns that try's key, with another digest.
    /// </summary>
    private static IResult Issue(HttpContext context, KeyAnswer answer, KeyDirectory keys, TimeProvider time, ApiKeyText text)
    {
        if (answer.Key is not { } key)
        {
            return Answer(answer, keys, time, view => TypedResults.Ok(view));
        }

        var shown = new ProblemDetails
        {
            Type = "urn:btcagent:problem:secret-shown-once",
            Status = StatusCodes.Status409Conflict,
            Title = "The key was issued already",
            Detail = $"Key {key.Id} of '{key.Name}' was issued for this request, and its secret was in the first answer only. "
                + $"If that answer was lost, replace the secret with POST /api/v1/keys/{key.Id}/rotate, or revoke the key.",
            Extensions = { ["keyId"] = key.Id },
        };
        CommandRun.HideFromRepeats(context, shown);
        if (key.Digest == text.Digest)
        {
            return Answer(answer, keys, time, view => TypedResults.Ok(new IssuedKey(view, text.ToString())));
        }

        // The first try was not recorded as done, or its entry is recognised.
        var note = AuditNote.Of(context);
        (note.Outcome, note.Subject) = (AuditOutcome.Done, $"{key.Id} {key.Name}");
        return Answer(answer, keys, time, _ => Results.Problem(shown));
    }

    private static IResult Answer(KeyAnswer answer, KeyDirectory keys, TimeProvider time, Func<KeyView, IResult> done)
    {
        keys.Forget();
        return answer.Key is { } key
            ? done(KeyView.Of(key, Timestamp.FromDateTimeOffset(time.GetUtcNow())))
            : Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "The key was not changed", detail: answer.Refusal);
    }

    private static string? Summary(NewApiKey key) => AuditNote.Short(
        $"{AccessRoles.NameOf(key.Role)}, portfolios {Names(key.Scope.Portfolios)}, commands {Names(key.Scope.Verbs)}, until {key.ExpiresAt}");

    private static string Names(ImmutableArray<string> names) => names.Length == 0 ? "all" : string.Join(' ', names);

    private static IResult? ProblemOf(KeyRequest request, AgentOptions options)
    {
        if (OperatorReason.Check(request.Reason, out _) is { } refusal)
        {
            return refusal;
        }

        if (request.Name is not { } name || !ValidName().IsMatch(name) || Reserved.Contains(name))
        {
            return KnownNames.BadRequest(
                $"name needs 2…40 letters, digits, dots and dashes, and is none of {string.Join(", ", Reserved.Order(StringComparer.Ordinal))}");
        }

        if (request.Role is not { } role || !Enum.IsDefined(role))
        {
            return KnownNames.BadRequest($"role is one of {string.Join(", ", Enum.GetValues<AccessRole>().Select(AccessRoles.NameOf))}");
        }

        if (request.Portfolios is [] || request.Verbs is [])
        {
            return KnownNames.BadRequest("an empty list of portfolios or verbs is ambiguous: leave it out for all of them");
        }

        if (request.Verbs?.FirstOrDefault(verb => !CommandVerbs.All.Contains(verb)) is { } unknown)
        {
            return KnownNames.BadRequest($"'{unknown}' is not a command: {string.Join(", ", CommandVerbs.All)}");
        }

        return request.Portfolios?.Select(portfolio => KnownNames.CheckPortfolio(portfolio, options)).FirstOrDefault(answer => answer is not null)
            ?? KnownNames.CheckRange("expiresInDays", request.ExpiresInDays, 1, DaysMax);
    }

    private static IAccessGrain Grain(IGrainFactory grains) => grains.GetGrain<IAccessGrain>(IAccessGrain.Key);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9.-]{1,39}$")]
    private static partial Regex ValidName();
}
