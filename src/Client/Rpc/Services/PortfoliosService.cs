using BtcAgent.Client.Api;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Client.Rpc.Messages;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Portfolios;
using Grpc.Core;
using Microsoft.Extensions.Options;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Services;

internal sealed class PortfoliosService(IGrainFactory grains, IOptions<AgentOptions> options) : V1.Portfolios.PortfoliosBase
{
    public override async Task<V1.ListPortfoliosResponse> List(V1.ListPortfoliosRequest request, ServerCallContext context)
    {
        var portfolios = await context.ReadAsync<IReadOnlyList<PortfolioSnapshot>>(
            PortfolioApi.ListAsync(context.GetHttpContext(), grains, options));
        return new V1.ListPortfoliosResponse { Portfolios = { portfolios.Select(PortfolioMessages.Of) } };
    }

    public override async Task<V1.PortfolioView> Get(V1.GetPortfolioRequest request, ServerCallContext context)
    {
        context.DemandPortfolio(request.Portfolio);
        return PortfolioMessages.Of(
            await context.ReadAsync<PortfolioView>(PortfolioApi.GetAsync(request.Portfolio, grains, options, request.Equity)));
    }
}
