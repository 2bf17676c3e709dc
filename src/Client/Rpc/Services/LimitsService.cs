using BtcAgent.Client.Api;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Client.Rpc.Messages;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using Grpc.Core;
using Microsoft.Extensions.Options;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Services;

internal sealed class LimitsService(IGrainFactory grains, IOptions<AgentOptions> options, TwoPersonRule rule) : V1.Limits.LimitsBase
{
    public override Task<V1.ListRulesResponse> ListRules(V1.ListRulesRequest request, ServerCallContext context)
    {
        var rules = RpcCalls.ValueOf<IReadOnlyList<RiskRuleView>>(RiskApi.Rules());
        return Task.FromResult(new V1.ListRulesResponse { Rules = { rules.Select(PortfolioMessages.Of) } });
    }

    public override async Task<V1.LimitsInForce> Get(V1.GetLimitsRequest request, ServerCallContext context)
    {
        context.DemandPortfolio(request.Portfolio);
        return PortfolioMessages.Of(await context.ReadAsync<LimitsInForce>(PortfolioApi.LimitsAsync(request.Portfolio, grains, options)));
    }

    public override async Task<V1.ChangeLimitResponse> Change(V1.ChangeLimitRequest request, ServerCallContext context)
    {
        context.DemandPortfolio(request.Portfolio);
        var wanted = new LimitRequest(RpcArguments.Number("value", request.Value), request.Reason);
        var (limits, held) = await context.CommandAsync<LimitsInForce>(
            $"{request.Portfolio}/{request.Name}",
            request.Reason,
            http => PortfolioApi.ChangeLimitAsync(request.Portfolio, request.Name, wanted, http, grains, rule, options));
        return new V1.ChangeLimitResponse { Limits = limits is null ? null : PortfolioMessages.Of(limits), Held = held };
    }
}
