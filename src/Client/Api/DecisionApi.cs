using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Journals;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Trading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

internal static class DecisionApi
{
    private const int LimitMax = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/decisions").WithTags("Decisions");
        group.MapGet("", ListAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Query)).WithName("ListDecisions")
            .WithSummary("Newest decisions; onlyWithOrders=true skips those without an order, portfolio selects one portfolio's")
            .Produces<IReadOnlyList<Decision>>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/summaries", SummariesAsync)
            .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Query)).WithName("ListDecisionSummaries")
            .WithSummary("The newest decisions as one line each, with the same filters")
            .Produces<IReadOnlyList<DecisionSummary>>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}", GetAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Filtered)).WithName("GetDecision")
            .WithSummary("One decision with its whole provenance; for a trained model also each feature's contribution to the score")
            .Produces<DecisionView>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        IDecisionJournal journal,
        IOptions<AgentOptions> options,
        CancellationToken cancellationToken,
        int limit = 50,
        bool onlyWithOrders = false,
        string? portfolio = null) =>
        KnownNames.CheckRange("limit", limit, 1, LimitMax) ?? KnownNames.CheckPortfolio(portfolio, options.Value)
        ?? TypedResults.Ok(await ReadAsync(context, journal, limit, onlyWithOrders, portfolio, cancellationToken));

    internal static async Task<IResult> SummariesAsync(
        HttpContext context,
        IDecisionJournal journal,
        IOptions<AgentOptions> options,
        CancellationToken cancellationToken,
        int limit = 50,
        bool onlyWithOrders = false,
        string? portfolio = null) =>
        KnownNames.CheckRange("limit", limit, 1, LimitMax) ?? KnownNames.CheckPortfolio(portfolio, options.Value)
        ?? TypedResults.Ok((await ReadAsync(context, journal, limit, onlyWithOrders, portfolio, cancellationToken)).Select(DecisionSummary.Of).ToArray());

    internal static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        IDecisionJournal journal,
        IGrainFactory grains,
        IOptions<AgentOptions> options,
        CancellationToken cancellationToken)
    {
        if (await journal.FindAsync(new DecisionId(id), cancellationToken) is not { } decision
            || !CallerIdentity.ScopeOf(context).Covers(decision.Portfolio))
        {
            return Results.Problem(
                statusCode: StatusCodes.Status404NotFound,
                title: "Not found",
                detail: $"decision '{id}' is not in the journal; list the ids with GET /api/v1/decisions");
        }

        var schema = FeatureSchema.Create(options.Value.Features);
        var (explanation, none) = await ScoreExplanations.FindAsync(decision, schema, grains);
        return TypedResults.Ok(new DecisionView(
            decision,
            Name(decision.Sample, schema),
            await FindOrderAsync(decision, grains, options.Value),
            explanation,
            none));
    }

    /// <summary>Without a portfolio: of every portfolio that the caller's key is for.</summary>
    private static async Task<IReadOnlyList<Decision>> ReadAsync(
        HttpContext context, IDecisionJournal journal, int limit, bool onlyWithOrders, string? portfolio, CancellationToken cancellationToken)
    {
        var scope = CallerIdentity.ScopeOf(context);
        if (portfolio is not null || !scope.IsLimited)
        {
            return await journal.ListAsync(limit, onlyWithOrders, portfolio, cancellationToken);
        }

        var decisions = new List<Decision>();
        foreach (var own in scope.Portfolios)
        {
            decisions.AddRange(await journal.ListAsync(limit, onlyWithOrders, own, cancellationToken));
        }

        return [.. decisions.OrderByDescending(decision => decision.Sample.EventTime).Take(limit)];
    }

    private static IReadOnlyList<FeatureValue> Name(FeatureSample sample, FeatureSchema schema) =>
        schema.Hash == sample.SchemaHash
            ? [.. schema.Definitions.Select((d, i) => new FeatureValue(d.Name, d.Group, d.Unit, sample.Values[i]))]
            : [];

    private static async Task<Order?> FindOrderAsync(Decision decision, IGrainFactory grains, AgentOptions options)
    {
        var instrument = decision.Sample.Instrument.Key;
        if (decision.Risk.Intent is not { } intent || !options.Executions().Contains((decision.Portfolio, instrument)))
        {
            return null;
        }

        var orders = await grains.Execution(decision.Portfolio, instrument).GetOrders(LimitMax);
        return orders.FirstOrDefault(o => o.Intent.ClientOrderId == intent.ClientOrderId);
    }
}
