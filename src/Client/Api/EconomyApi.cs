using BtcAgent.Client.Access;
using BtcAgent.Contracts.Economy;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

/// <summary>Economic releases as the agent knows them.</summary>
internal static class EconomyApi
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGroup("/economy").WithTags("Economy")
        .MapGet("", GetAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("GetEconomy")
        .WithSummary("Economic releases: the last and next times, surprises, and the state of their source")
        .Produces<EconomyView>();

    private static async Task<IResult> GetAsync(IGrainFactory grains, TimeProvider time) => TypedResults.Ok(EconomyView.Of(
        await grains.GetGrain<IEconomyGrain>(IEconomyGrain.Key).GetStatus(), Timestamp.FromDateTimeOffset(time.GetUtcNow())));
}
