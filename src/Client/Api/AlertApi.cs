using System.Collections.Immutable;
using BtcAgent.Client.Access;
using BtcAgent.Contracts.Alerts;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Alerts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

internal static class AlertApi
{
    private const int MinutesMax = 10_080;

    /// <summary>Longest wait for the channels' answers to a test; a channel's own time-out may be longer.</summary>
    private static readonly TimeSpan TestWithin = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/alerts").WithTags("Alerts");
        group.MapGet("", ListAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.WholeAgent)).WithName("ListAlerts")
            .WithSummary("Alerts that fire, are pending or ended within a day, and the health of the channels that carry them")
            .Produces<AlertList>();
        group.MapPost("/{id}/acknowledge", AcknowledgeAsync).WithName("AcknowledgeAlert")
            .WithRule(RouteRule.Command(CommandVerbs.AcknowledgeAlert, AccessRole.Trader, RouteScope.WholeAgent))
            .WithSummary("Acknowledge an alert: no repeats and no escalation until it is resolved, or for some minutes")
            .Produces<Alert>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/test", TestAsync).WithName("TestAlerts")
            .WithRule(RouteRule.Command(CommandVerbs.TestAlerts, AccessRole.Trader, RouteScope.WholeAgent))
            .WithSummary("Send a test message through every channel, and answer for each whether it was accepted")
            .Produces<ImmutableArray<ChannelTest>>();
    }

    private static IAlertGrain Alerts(this IGrainFactory grains) => grains.GetGrain<IAlertGrain>(IAlertGrain.Key);

    private static async Task<IResult> ListAsync(IGrainFactory grains) => TypedResults.Ok(await grains.Alerts().List());

    private static async Task<IResult> AcknowledgeAsync(
        string id, AcknowledgeRequest request, HttpContext context, IGrainFactory grains, TimeProvider time)
    {
        if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
        {
            return refusal;
        }

        if (request.Minutes is { } minutes && KnownNames.CheckRange("minutes", minutes, 1, MinutesMax) is { } outside)
        {
            return outside;
        }

        var until = request.Minutes is { } given ? time.GetUtcNow().AddMinutes(given) : (DateTimeOffset?)null;
        return await grains.Alerts().Acknowledge(id, context.OperatorName(), reason, until) is { } alert
            ? TypedResults.Ok(alert)
            : Results.Problem(
                statusCode: StatusCodes.Status404NotFound,
                title: "Not found",
                detail: $"no alert with the id '{id}' fires or is pending; list the ids with GET /api/v1/alerts");
    }

    private static async Task<IResult> TestAsync(
        HttpContext context, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        var alerts = grains.Alerts();
        var messages = await alerts.Test(context.OperatorName());
        var began = time.GetTimestamp();
        while (true)
        {
            var answers = await alerts.GetTest(messages);
            if (answers.All(answer => answer.IsDone) || time.GetElapsedTime(began) >= TestWithin)
            {
                return TypedResults.Ok(answers);
            }

            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }
}
