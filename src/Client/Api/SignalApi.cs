using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

internal static class SignalApi
{
    private const int LimitMax = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/signals", ListAsync)
            .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Filtered)).WithName("ListSignals").WithTags("Signals")
            .WithSummary("Recent signals of every strategy, newest first, with their models and the reasons of refused ones")
            .Produces<IReadOnlyList<Signal>>().ProducesProblem(StatusCodes.Status400BadRequest);

    internal static async Task<IResult> ListAsync(
        HttpContext context, IGrainFactory grains, IOptions<AgentOptions> options, int limit = 100)
    {
        if (KnownNames.CheckRange("limit", limit, 1, LimitMax) is { } refusal)
        {
            return refusal;
        }

        var scope = CallerIdentity.ScopeOf(context);
        var signals = new List<Signal>();
        foreach (var strategy in options.Value.Strategies.Where(s => scope.Covers(s.Portfolio)))
        {
            signals.AddRange(await grains.Signals(strategy).GetRecent(limit));
        }

        return TypedResults.Ok(signals.OrderByDescending(s => s.EventTime).Take(limit).ToArray());
    }
}
