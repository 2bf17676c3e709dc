using BtcAgent.Client.Access;
using BtcAgent.Contracts.Experiments;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Experiments;
using BtcAgent.Domain.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

/// <summary>Experiments that compare challengers with the champion.</summary>
internal static class ExperimentApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/experiments").WithTags("Models");
        group.MapGet("", ListAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("ListExperiments")
            .WithSummary("Experiments of challengers against the champion, newest first, with their looks and moves")
            .Produces<IReadOnlyList<ExperimentView>>();
        group.MapGet("/{id}", GetAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("GetExperiment")
            .WithSummary("One experiment")
            .Produces<ExperimentView>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("", BeginAsync).WithName("BeginExperiment")
            .WithRule(RouteRule.Command(CommandVerbs.BeginExperiment, AccessRole.RiskManager, RouteScope.WholeAgent))
            .WithSummary("Compare a model in shadow with the champion of its strategy")
            .Produces<ExperimentView>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id}/confirm", ConfirmAsync).WithName("ConfirmExperiment")
            .WithRule(RouteRule.Command(CommandVerbs.ConfirmExperiment, AccessRole.RiskManager, RouteScope.WholeAgent))
            .WithSummary("Confirm the promotion of a challenger that was shown to be better")
            .Produces<ExperimentView>().Produces<ConfirmationView>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id}/stop", StopAsync).WithName("StopExperiment")
            .WithRule(RouteRule.Command(CommandVerbs.StopExperiment, AccessRole.RiskManager, RouteScope.WholeAgent))
            .WithSummary("End an experiment: its challenger is retired, and a promotion rolled back")
            .Produces<ExperimentView>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains) =>
        TypedResults.Ok<IReadOnlyList<ExperimentView>>([.. (await Experiments(grains).List()).Reverse().Select(ExperimentView.Of)]);

    private static async Task<IResult> GetAsync(string id, IGrainFactory grains) =>
        await FindAsync(id, grains) is { } found ? TypedResults.Ok(ExperimentView.Of(found)) : Unknown(id);

    private static async Task<IResult> BeginAsync(
        ExperimentRequest request, HttpContext context, IGrainFactory grains, IOptions<AgentOptions> options, [FromServices] IExperimentPlans plans)
    {
        if (OperatorReason.Check(request.Reason, out _) is { } unreasoned)
        {
            return unreasoned;
        }

        if (string.IsNullOrEmpty(request.Challenger))
        {
            return KnownNames.BadRequest("challenger is missing: it is the id of a model in shadow", "challenger");
        }

        if (await grains.Models().Find(request.Challenger) is not { } model)
        {
            return KnownNames.UnknownModel(request.Challenger);
        }

        if (model.Stage != ModelStage.Shadow || options.Value.Strategies.FirstOrDefault(s => s.Name == model.Strategy) is not { } strategy)
        {
            return Conflict($"model {model.Id} is {model.Stage.ToString().ToLowerInvariant()}: move it to shadow first");
        }

        var champion = (await grains.Signals(strategy).GetStatus()).Champion.ModelId;
        return Answer(context, await Experiments(grains).Begin(strategy.Name, champion, model.Id, plans.Now));
    }

    private static async Task<IResult> ConfirmAsync(
        string id, ControlRequest request, HttpContext context, IGrainFactory grains, TwoPersonRule rule, IOptions<AgentOptions> options)
    {
        if (OperatorReason.Check(request.Reason, out var reason) is { } unreasoned)
        {
            return unreasoned;
        }

        if (await FindAsync(id, grains) is not { } found)
        {
            return Unknown(id);
        }

        if (options.Value.RealMoney && await rule.HoldAsync(context, HeldCommand.OfExperiment(id, found.Experiment.Challenger), reason) is { } held)
        {
            return held;
        }

        return Answer(context, await Experiments(grains).Confirm(id, context.OperatorName()));
    }

    private static async Task<IResult> StopAsync(string id, ControlRequest request, HttpContext context, IGrainFactory grains)
    {
        if (OperatorReason.Check(request.Reason, out var reason) is { } unreasoned)
        {
            return unreasoned;
        }

        return await FindAsync(id, grains) is null ? Unknown(id) : Answer(context, await Experiments(grains).Stop(id, context.OperatorName(), reason));
    }

    private static IResult Answer(HttpContext context, ExperimentAnswer answer)
    {
        AuditNote.Change(context, answer.Tracked?.Experiment.Challenger, answer.Refusal is null ? answer.Tracked?.Experiment.Stage.ToString() : null);
        return answer is { Refusal: null, Tracked: { } tracked } ? TypedResults.Ok(ExperimentView.Of(tracked)) : Conflict(answer.Refusal);
    }

    private static async Task<TrackedExperiment?> FindAsync(string id, IGrainFactory grains) =>
        (await Experiments(grains).List()).FirstOrDefault(one => one.Experiment.Id == id);

    private static IExperimentsGrain Experiments(IGrainFactory grains) => grains.GetGrain<IExperimentsGrain>(IExperimentsGrain.Key);

    private static IResult Unknown(string id) => Results.Problem(
        statusCode: StatusCodes.Status404NotFound, title: "Not found", detail: $"there is no experiment '{id}'; list them with GET /api/v1/experiments");

    private static IResult Conflict(string? detail) =>
        Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "Not carried out", detail: detail);
}
