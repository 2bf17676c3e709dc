using BtcAgent.Client.Api;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Client.Rpc.Messages;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Signals;
using Grpc.Core;
using Microsoft.Extensions.Options;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Services;

internal sealed class SignalsService(IGrainFactory grains, IOptions<AgentOptions> options) : V1.Signals.SignalsBase
{
    public override async Task<V1.ListSignalsResponse> List(V1.ListSignalsRequest request, ServerCallContext context)
    {
        var signals = await context.ReadAsync<IReadOnlyList<Signal>>(
            SignalApi.ListAsync(context.GetHttpContext(), grains, options, RpcPage.RowsMax));
        var (rows, next) = RpcPage.Of(signals, s => s.EventTime, s => $"{s.Instrument}/{s.Strategy}", request.PageSize, request.Cursor);
        return new V1.ListSignalsResponse { Signals = { rows.Select(DecisionMessages.Of) }, NextCursor = next };
    }
}
