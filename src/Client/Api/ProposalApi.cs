using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Risk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

/// <summary>
/// Commands that are only proposed: for programs, and for language models, that may suggest but not act. A key can be limited to the
/// command <c>propose</c>.
/// </summary>
internal static class ProposalApi
{
    private static readonly string[] Commands = [CommandVerbs.Arm, CommandVerbs.Resume, CommandVerbs.ChangeLimit, CommandVerbs.MoveModel];

    public static void Map(RouteGroupBuilder group) => group.MapPost("", ProposeAsync)
        .WithRule(RouteRule.Command(CommandVerbs.Propose, AccessRole.Trader, RouteScope.Body)).WithName("Propose")
        .WithSummary("Propose a command: nothing is done until another person confirms it")
        .Produces<ConfirmationView>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> ProposeAsync(
        Proposal request, HttpContext context, IGrainFactory grains, TwoPersonRule rule, IOptions<AgentOptions> options)
    {
        if ((CallerCheck.For(context, request.Portfolio) ?? KnownNames.CheckPortfolio(request.Portfolio, options.Value)) is { } unknown)
        {
            return unknown;
        }

        if (!Commands.Contains(request.Command))
        {
            return KnownNames.BadRequest($"command '{request.Command}' cannot be proposed: it is one of {string.Join(", ", Commands)}", "command");
        }

        if (OperatorReason.Check(request.Reason, out var reason) is { } unreasoned)
        {
            return unreasoned;
        }

        var (command, refusal) = request.Command switch
        {
            CommandVerbs.Arm => request.Portfolio is null ? (HeldCommand.Arm, null) : Refuse("'arm' is for the whole agent: leave out 'portfolio'", "portfolio"),
            CommandVerbs.Resume => (HeldCommand.OfResume(request.Portfolio), null),
            CommandVerbs.ChangeLimit => await LimitAsync(request, grains),
            _ => await ModelAsync(request, grains, options.Value),
        };
        return refusal ?? await rule.RequestAsync(context, command!, reason);
    }

    private static async Task<(HeldCommand? Command, IResult? Refusal)> LimitAsync(Proposal request, IGrainFactory grains)
    {
        if (request is not { Portfolio: { } portfolio, Limit: { } name, Value: { } value })
        {
            return Refuse("'change-limit' needs portfolio, limit and value", request.Portfolio is null ? "portfolio" : request.Limit is null ? "limit" : "value");
        }

        if (LimitBook.Problem(name, value) is { } problem)
        {
            return Refuse(problem, LimitBook.Names.Contains(name) ? "value" : "limit");
        }

        var limits = await grains.GetGrain<IRiskGrain>(portfolio).GetLimits();
        return limits.Values.TryGetValue(name, out var now)
            ? (HeldCommand.OfLimit(portfolio, name, now, value), null)
            : Refuse($"portfolio {portfolio} has no limit '{name}'", "limit");
    }

    private static async Task<(HeldCommand? Command, IResult? Refusal)> ModelAsync(Proposal request, IGrainFactory grains, AgentOptions options)
    {
        if (request is not { Portfolio: null, Model: { } model, Stage: { } stage } || !Enum.IsDefined(stage))
        {
            return Refuse("'move-model' needs model and stage, and no portfolio", request.Portfolio is not null ? "portfolio" : request.Model is null ? "model" : "stage");
        }

        return await grains.Models().Find(model) is null
            ? (null, KnownNames.UnknownModel(model))
            : (HeldCommand.OfModel(model, stage, options.RealMoney, verdictOverride: null), null);
    }

    private static (HeldCommand? Command, IResult? Refusal) Refuse(string why, string field) => (null, KnownNames.BadRequest(why, field));
}
