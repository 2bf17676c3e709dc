using BtcAgent.Client.Api;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Client.Rpc.Messages;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Settings;
using Grpc.Core;
using Microsoft.Extensions.Options;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Services;

internal sealed class InstrumentsService(IGrainFactory grains, IOptions<AgentOptions> options) : V1.Instruments.InstrumentsBase
{
    private const int DepthDefault = 10;
    private const int BarsDefault = 120;

    public override async Task<V1.ListInstrumentsResponse> List(V1.ListInstrumentsRequest request, ServerCallContext context)
    {
        var instruments = await context.ReadAsync<IReadOnlyList<InstrumentSnapshot>>(InstrumentApi.ListAsync(grains, options));
        return new V1.ListInstrumentsResponse { Instruments = { instruments.Select(MarketMessages.Of) } };
    }

    public override async Task<V1.InstrumentView> Get(V1.GetInstrumentRequest request, ServerCallContext context) =>
        MarketMessages.Of(await context.ReadAsync<InstrumentView>(InstrumentApi.GetAsync(
            request.Instrument,
            grains,
            options,
            request.HasDepth ? request.Depth : DepthDefault,
            request.HasBars ? request.Bars : BarsDefault)));

    public override async Task<V1.Progress> GetProgress(V1.GetProgressRequest request, ServerCallContext context) =>
        MarketMessages.Of(await context.ReadAsync<FeatureProgress>(InstrumentApi.ProgressAsync(request.Instrument, grains, options)));
}
