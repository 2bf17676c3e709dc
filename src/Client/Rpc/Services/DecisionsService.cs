using BtcAgent.Client.Api;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Client.Rpc.Messages;
using BtcAgent.Contracts.Journals;
using BtcAgent.Contracts.Settings;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Services;

internal sealed class DecisionsService(
    IDecisionJournal journal, IGrainFactory grains, IOptions<AgentOptions> options, IOptions<JsonOptions> json) : V1.Decisions.DecisionsBase
{
    public override async Task<V1.ListDecisionsResponse> List(V1.ListDecisionsRequest request, ServerCallContext context)
    {
        var portfolio = request.HasPortfolio ? request.Portfolio : null;
        context.DemandPortfolio(portfolio);
        var decisions = await context.ReadAsync<IReadOnlyList<DecisionSummary>>(DecisionApi.SummariesAsync(
            context.GetHttpContext(), journal, options, context.CancellationToken, RpcPage.RowsMax, request.OnlyWithOrders, portfolio));
        var (rows, next) = RpcPage.Of(decisions, d => d.EventTime, d => d.Id, request.PageSize, request.Cursor);
        return new V1.ListDecisionsResponse { Decisions = { rows.Select(DecisionMessages.Of) }, NextCursor = next };
    }

    public override async Task<V1.DecisionView> Get(V1.GetDecisionRequest request, ServerCallContext context) => DecisionMessages.Of(
        await context.ReadAsync<DecisionView>(
            DecisionApi.GetAsync(request.Id, context.GetHttpContext(), journal, grains, options, context.CancellationToken)),
        json.Value.SerializerOptions);
}
