using System.Collections.Immutable;
using System.Runtime.InteropServices;
using BtcAgent.Client.Access;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

internal static class ModelApi
{
    /// <summary>Largest artefact: a hundred times the size of a model with 100 trees.</summary>
    internal const int ArtefactBytesMax = 64 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/models").WithTags("Models");
        group.MapGet("", ListAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("ListModels")
            .WithSummary("Every model with its stage, metrics, lineage and moves, and the counters of champion and shadows since they were opened")
            .Produces<IReadOnlyList<ModelView>>();
        group.MapGet("/{id}", GetAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("GetModel")
            .WithSummary("One model")
            .Produces<ModelView>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("", UploadAsync)
            .WithRule(RouteRule.Command(CommandVerbs.RegisterModel, AccessRole.Trader, RouteScope.WholeAgent))
            .WithName("RegisterModel")
            .WithSummary("Register an artefact, a zip in the body, as a candidate for a strategy; a repeated artefact changes nothing")
            .Accepts<byte[]>("application/zip", "application/octet-stream")
            .WithMetadata(new RequestSizeLimitAttribute(ArtefactBytesMax))
            .RequireRateLimiting(GatewayLimits.Uploads)
            .Produces<ModelView>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/{id}/stage", MoveAsync)
            .WithRule(RouteRule.Command(CommandVerbs.MoveModel, AccessRole.RiskManager, RouteScope.WholeAgent))
            .WithName("MoveModel")
            .WithSummary("Move a model to another stage; a new champion moves the former one back to shadow")
            .Produces<ModelView>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    internal static async Task<IResult> ListAsync(IGrainFactory grains, IOptions<AgentOptions> options)
    {
        var models = await grains.Models().List();
        var statuses = await StatusesAsync(models, grains, options.Value);
        return TypedResults.Ok<IReadOnlyList<ModelView>>([.. models.Select(m => View(m, statuses))]);
    }

    internal static async Task<IResult> GetAsync(string id, IGrainFactory grains, IOptions<AgentOptions> options) =>
        await grains.Models().Find(id) is { } model
            ? TypedResults.Ok(View(model, await StatusesAsync([model], grains, options.Value)))
            : KnownNames.UnknownModel(id);

    private static async Task<IResult> UploadAsync(
        HttpRequest request, IGrainFactory grains, IOptions<AgentOptions> options, string? strategy = null)
    {
        if (CheckStrategy(strategy, "?strategy=NAME", options.Value) is { } missing)
        {
            return missing;
        }

        // Of a request with an idempotency key the body is in memory already.
        using var body = request.Body as MemoryStream ?? new MemoryStream((int)Math.Clamp(request.ContentLength ?? 0, 0, ArtefactBytesMax));
        if (body != request.Body)
        {
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        }

        return await RegisterAsync(ImmutableCollectionsMarshal.AsImmutableArray(BytesOf(body)), strategy, request.HttpContext, grains, options);
    }

    internal static async Task<IResult> RegisterAsync(
        ImmutableArray<byte> artefact, string? strategy, HttpContext context, IGrainFactory grains, IOptions<AgentOptions> options)
    {
        if (CheckStrategy(strategy, "strategy", options.Value) is { } missing)
        {
            return missing;
        }

        if (artefact.IsEmpty)
        {
            return KnownNames.BadRequest("the body is empty: send the artefact's zip, such as with curl --data-binary @model.zip", "artefact");
        }

        var answer = await grains.Models().Register(artefact, strategy!);
        (AuditNote.Of(context).Subject, AuditNote.Of(context).After) = (strategy, AuditNote.Short(answer.Entry?.Id));
        return answer.Entry is { } model
            ? TypedResults.Ok(View(model, await StatusesAsync([model], grains, options.Value)))
            : Results.Problem(
                statusCode: StatusCodes.Status400BadRequest, title: "The model was refused", detail: answer.Refusal);
    }

    private static IResult? CheckStrategy(string? strategy, string where, AgentOptions options) => string.IsNullOrEmpty(strategy)
        ? KnownNames.BadRequest($"{where} is missing: it is one of {string.Join(", ", options.Strategies.Select(s => s.Name).Distinct())}", "strategy")
        : null;

    /// <summary>
    /// Returns the stream's array if it is exactly full, as with a correct Content-Length, to avoid copying the artefact.
    /// </summary>
    private static byte[] BytesOf(MemoryStream body) => body.Length == body.Capacity ? body.GetBuffer() : body.ToArray();

    internal static async Task<IResult> MoveAsync(
        string id, StageRequest request, HttpContext context, IGrainFactory grains, TwoPersonRule rule, IOptions<AgentOptions> options)
    {
        if (request.Stage is not { } stage || !Enum.IsDefined(stage))
        {
            return KnownNames.BadRequest(
                $"stage is missing: it is one of {string.Join(", ", Enum.GetNames<ModelStage>().Select(n => n.ToLowerInvariant()))}", "stage");
        }

        if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
        {
            return refusal;
        }

        if (OverrideOf(request, out var verdictOverride) is { } incomplete)
        {
            return incomplete;
        }

        if (await grains.Models().Find(id) is null)
        {
            return KnownNames.UnknownModel(id);
        }

        if (stage == ModelStage.Champion && options.Value.RealMoney
            && await rule.HoldAsync(context, HeldCommand.OfModel(id, stage, realMoney: true, verdictOverride), reason) is { } held)
        {
            return held;
        }

        var answer = await grains.Models().Move(id, stage, context.OperatorName(), reason, verdictOverride);
        AuditNote.Change(context, answer.Entry?.Moves.LastOrDefault()?.From.ToString(), answer.Entry?.Stage.ToString());
        return answer.Entry is { } model
            ? TypedResults.Ok(View(model, await StatusesAsync([model], grains, options.Value)))
            : Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "The model was not moved", detail: answer.Refusal);
    }

    private static IResult? OverrideOf(StageRequest request, out VerdictOverride? verdictOverride)
    {
        verdictOverride = null;
        if (request.Override is not { } given)
        {
            return null;
        }

        if ((OperatorReason.Check(given.Person, out var person, "override.person")
            ?? OperatorReason.Check(given.Reason, out _, "override.reason")) is { } incomplete)
        {
            return incomplete;
        }

        OperatorReason.Check(given.Reason, out var reason, "override.reason");
        verdictOverride = new VerdictOverride(person, reason);
        return null;
    }

    private static async Task<IReadOnlyList<ServedStrategy>> StatusesAsync(
        ImmutableArray<ModelEntry> models, IGrainFactory grains, AgentOptions options)
    {
        var statuses = new List<ServedStrategy>();
        foreach (var strategy in options.Strategies.Where(s => models.Any(m => m.Strategy == s.Name)))
        {
            var signals = grains.Signals(strategy);
            statuses.Add(new(await signals.GetStatus(), await signals.GetWatches()));
        }

        return statuses;
    }

    private static ModelView View(ModelEntry model, IReadOnlyList<ServedStrategy> statuses)
    {
        var served = statuses.Where(s => s.Status.Strategy == model.Strategy).ToArray();
        return new ModelView(
            model,
            model.Description.Verdict ?? Verdict.NotJudged,
            [.. Enum.GetValues<ModelStage>().Where(to => ModelStages.CanMove(model.Stage, to))],
            [
                .. served.Where(s => s.Status.Champion.ModelId == model.Id)
                    .Select(s => new ModelRunView(s.Status.Instrument.Key, true, s.Status.Champion, s.WatchOf(model.Id))),
                .. served.SelectMany(s => s.Status.Shadows.Where(r => r.ModelId == model.Id)
                    .Select(r => new ModelRunView(s.Status.Instrument.Key, false, r, s.WatchOf(model.Id)))),
            ],
            [.. served.SelectMany(s => s.Status.Refused.Where(r => r.ModelId == model.Id).Select(r => $"{s.Status.Instrument.Key}: {r.Reason}"))]);
    }
}
