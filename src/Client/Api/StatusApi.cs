using System.Collections.Immutable;
using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Backups;
using BtcAgent.Contracts.Clocks;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Feeds;
using BtcAgent.Contracts.Health;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Journals;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

internal static class StatusApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/status", GetAsync).WithRule(RouteRule.Read(AccessRole.Viewer, RouteScope.Filtered))
            .WithName("GetStatus").WithTags("Status")
            .WithSummary("Version, venue, breakers, feed health and latency percentiles by stage");

    public static async Task<Ok<AgentStatus>> GetAsync(
        HttpContext context,
        IGrainFactory grains,
        AgentIdentity identity,
        IOptions<AgentOptions> options,
        IServiceProvider services,
        TimeProvider time)
    {
        var trading = (await grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key).GetStatus()).Within(CallerIdentity.ScopeOf(context));
        var feeds = ImmutableSortedDictionary.CreateBuilder<string, FeedHealth>(StringComparer.Ordinal);
        foreach (var instrument in options.Value.Instruments)
        {
            feeds[instrument] = (await grains.GetGrain<IInstrumentGrain>(instrument).GetSnapshot(0)).Health;
        }

        return TypedResults.Ok(new AgentStatus(
            identity.Version,
            identity.Venue,
            identity.Mode,
            identity.StartedAt,
            (time.GetUtcNow() - identity.StartedAt).TotalSeconds,
            trading.IsArmed,
            trading.Breakers,
            feeds.ToImmutable(),
            await grains.GetGrain<ILatencyGrain>(ILatencyGrain.Key).Read(),
            trading.Pending,
            services.GetService<IClockBoard>()?.Read(),
            services.GetService<IDecisionJournal>()?.Status,
            services.GetServices<IStoreCondition>().Select(store => store.Problem).FirstOrDefault(problem => problem is not null),
            trading.Tripped,
            services.GetService<IHistory>()?.Status,
            services.GetService<IBackupBoard>()?.Read()));
    }
}
