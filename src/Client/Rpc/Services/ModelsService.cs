using System.Runtime.InteropServices;
using BtcAgent.Client.Api;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Client.Rpc.Messages;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Models;
using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Services;

internal sealed class ModelsService(IGrainFactory grains, IOptions<AgentOptions> options, TwoPersonRule rule) : V1.Models.ModelsBase
{
    public override async Task<V1.ListModelsResponse> List(V1.ListModelsRequest request, ServerCallContext context)
    {
        var models = await context.ReadAsync<IReadOnlyList<ModelView>>(ModelApi.ListAsync(grains, options));
        return new V1.ListModelsResponse { Models = { models.Select(ModelMessages.Of) } };
    }

    public override async Task<V1.ModelView> Get(V1.GetModelRequest request, ServerCallContext context) =>
        ModelMessages.Of(await context.ReadAsync<ModelView>(ModelApi.GetAsync(request.Id, grains, options)));

    public override async Task<V1.ModelView> Register(V1.RegisterModelRequest request, ServerCallContext context)
    {
        if (OperatorReason.Check(request.Reason, out var reason) is ProblemHttpResult refusal)
        {
            throw RpcProblem.Exception(refusal.ProblemDetails);
        }

        var artefact = ImmutableCollectionsMarshal.AsImmutableArray(request.Artefact.ToByteArray());
        var (model, _) = await context.CommandAsync<ModelView>(
            request.Strategy,
            reason,
            http => ModelApi.RegisterAsync(artefact, request.Strategy, http, grains, options));
        return ModelMessages.Of(model!);
    }

    public override async Task<V1.MoveModelResponse> Move(V1.MoveModelRequest request, ServerCallContext context)
    {
        var wanted = new StageRequest(
            RpcArguments.Choice<V1.ModelStage, ModelStage>("stage", request.Stage),
            request.Reason,
            request.Override is { } given ? new OverrideRequest(given.Person, given.Reason) : null);
        var (model, held) = await context.CommandAsync<ModelView>(
            request.Id,
            request.Reason,
            http => ModelApi.MoveAsync(request.Id, wanted, http, grains, rule, options));
        return new V1.MoveModelResponse { Model = model is null ? null : ModelMessages.Of(model), Held = held };
    }
}
