using BtcAgent.Client.Access;
using BtcAgent.Contracts.Retraining;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Retraining;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

/// <summary>Training jobs, their schedule and triggers.</summary>
internal static class OptimizerApi
{
    private const double DaysMin = 0.01;
    private const double DaysMax = 3_660;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/optimizer").WithTags("Optimizer");
        group.MapGet("", GetAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("GetOptimizer")
            .WithSummary("Training jobs, newest first, and for each strategy the age of its model, the next runs and the triggers that cool down")
            .Produces<OptimizerStatus>();
        group.MapPost("/run", RunAsync).WithName("RunTraining")
            .WithRule(RouteRule.Command(CommandVerbs.RunTraining, AccessRole.RiskManager, RouteScope.WholeAgent))
            .WithSummary("Train a strategy's model again, or search its settings, in a separate process; the model is registered, and never trades by itself")
            .Produces<TrainingJob>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/jobs/{id}/cancel", CancelAsync).WithName("CancelTraining")
            .WithRule(RouteRule.Command(CommandVerbs.CancelTraining, AccessRole.RiskManager, RouteScope.WholeAgent))
            .WithSummary("End a training job; a running one ends as soon as its trainer has")
            .Produces<TrainingJob>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static IOptimizerGrain Optimizer(this IGrainFactory grains) => grains.GetGrain<IOptimizerGrain>(IOptimizerGrain.Key);

    private static async Task<IResult> GetAsync(IGrainFactory grains) => TypedResults.Ok(await grains.Optimizer().GetStatus());

    private static async Task<IResult> RunAsync(
        RunTrainingRequest request, HttpContext context, IGrainFactory grains, IOptions<AgentOptions> options)
    {
        if (string.IsNullOrEmpty(request.Strategy))
        {
            return KnownNames.BadRequest(
                $"strategy is missing: it is one of {string.Join(", ", options.Value.Strategies.Select(s => s.Name).Distinct())}", "strategy");
        }

        if (!options.Value.Strategies.Any(strategy => strategy.Name == request.Strategy))
        {
            return KnownNames.UnknownStrategy(request.Strategy, options.Value);
        }

        if (request.Days is { } days && !(days >= DaysMin && days <= DaysMax))
        {
            return KnownNames.BadRequest(FormattableString.Invariant($"days is {days}: the range is {DaysMin}…{DaysMax}"), "days");
        }

        if (request.Trials is < 0 or > SearchOptions.TrialsMax)
        {
            return KnownNames.BadRequest(FormattableString.Invariant($"trials is {request.Trials}: the range is 0…{SearchOptions.TrialsMax}"), "trials");
        }

        if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
        {
            return refusal;
        }

        var answer = await grains.Optimizer().Run(request.Strategy, request.Days, request.Trials, context.OperatorName(), reason);
        (AuditNote.Of(context).Subject, AuditNote.Of(context).After) = (request.Strategy, AuditNote.Short(answer.Job?.Id));
        return Answer(answer, "The training was not started");
    }

    private static async Task<IResult> CancelAsync(string id, CancelTrainingRequest request, HttpContext context, IGrainFactory grains)
    {
        if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
        {
            return refusal;
        }

        var answer = await grains.Optimizer().Cancel(id, context.OperatorName(), reason);
        AuditNote.Change(context, answer.Job?.Strategy, answer.Refusal is null ? "cancelled" : null);
        return answer.Job is null
            ? Results.Problem(
                statusCode: StatusCodes.Status404NotFound, title: "Not found", detail: $"{answer.Refusal}; list the ids with GET /api/v1/optimizer")
            : Answer(answer, "The training was not cancelled");
    }

    private static IResult Answer(JobAnswer answer, string title) => answer is { Refusal: null, Job: { } job }
        ? TypedResults.Ok(job)
        : Results.Problem(statusCode: StatusCodes.Status409Conflict, title: title, detail: answer.Refusal);
}
