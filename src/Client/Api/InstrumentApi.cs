using BtcAgent.Client.Access;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

internal static class InstrumentApi
{
    private const int BarsMax = 3_600;
    private const int DepthMax = 1_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/instruments").WithTags("Instruments");
        group.MapGet("", ListAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("ListInstruments")
            .WithSummary("Every instrument with its last quote, trade and feed health")
            .Produces<IReadOnlyList<InstrumentSnapshot>>();
        group.MapGet("/{id}", GetAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("GetInstrument")
            .WithSummary("Quote, book top (depth levels a side), 1 s bars (newest last), feed health, latency percentiles")
            .Produces<InstrumentView>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/progress", ProgressAsync)
            .WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Shared)).WithName("GetInstrumentProgress")
            .WithSummary("How far the market data has been applied to book and features: epoch, last sequence, counters, checksum")
            .Produces<FeatureProgress>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    internal static async Task<IResult> ProgressAsync(string id, IGrainFactory grains, IOptions<AgentOptions> options) =>
        options.Value.Instruments.Contains(id)
            ? TypedResults.Ok(await grains.GetGrain<IFeatureGrain>(id).WaitFor(0, 0))
            : KnownNames.UnknownInstrument(id, options.Value);

    internal static async Task<IResult> ListAsync(IGrainFactory grains, IOptions<AgentOptions> options)
    {
        var snapshots = new List<InstrumentSnapshot>();
        foreach (var instrument in options.Value.Instruments)
        {
            snapshots.Add(await grains.GetGrain<IInstrumentGrain>(instrument).GetSnapshot(0));
        }

        return TypedResults.Ok(snapshots);
    }

    internal static async Task<IResult> GetAsync(
        string id, IGrainFactory grains, IOptions<AgentOptions> options, int depth = 10, int bars = 120)
    {
        if (!options.Value.Instruments.Contains(id))
        {
            return KnownNames.UnknownInstrument(id, options.Value);
        }

        if ((KnownNames.CheckRange("depth", depth, 1, DepthMax) ?? KnownNames.CheckRange("bars", bars, 0, BarsMax)) is { } refusal)
        {
            return refusal;
        }

        return TypedResults.Ok(new InstrumentView(
            await grains.GetGrain<IInstrumentGrain>(id).GetSnapshot(bars),
            await grains.GetGrain<IFeatureGrain>(id).GetBookTop(depth),
            await grains.GetGrain<ILatencyGrain>(ILatencyGrain.Key).Read()));
    }
}
