using BtcAgent.Client.Api;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Client.Rpc.Messages;
using BtcAgent.Contracts.Settings;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Services;

/// <summary>The agent at a glance.</summary>
internal sealed class StatusService(
    IGrainFactory grains, AgentIdentity identity, IOptions<AgentOptions> options, IServiceProvider services, TimeProvider time)
    : V1.Status.StatusBase
{
    public override async Task<V1.AgentStatus> Get(V1.GetStatusRequest request, ServerCallContext context) => StatusMessages.Of(
        await context.ReadAsync<AgentStatus>(ReadAsync(context.GetHttpContext())));

    private async Task<IResult> ReadAsync(HttpContext http) => await StatusApi.GetAsync(http, grains, identity, options, services, time);
}
