using System.Text.Json;
using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Access;
using BtcAgent.Contracts.Confirmations;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Experiments;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Contracts.Risk;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Audit;
using BtcAgent.Domain.Confirmations;
using BtcAgent.Domain.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Client.Api;

/// <summary>The inbox of commands that wait for a second person.</summary>
internal static class ConfirmationApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/confirmations").WithTags("Confirmations");
        group.MapGet("", ListAsync).WithRule(RouteRule.Read(AccessRole.RiskManager, RouteScope.WholeAgent)).WithName("ListConfirmations")
            .WithSummary("Commands that wait for a second person, and the last decided ones, newest first")
            .Produces<IReadOnlyList<ConfirmationView>>();
        ProposalApi.Map(group);
        group.MapPost("/{id}/confirm", ConfirmAsync).WithName("Confirm")
            .WithRule(RouteRule.Command(CommandVerbs.Confirm, AccessRole.RiskManager, RouteScope.WholeAgent))
            .WithSummary("Confirm another person's command, which is carried out once, before the answer")
            .Produces<ConfirmationView>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id}/refuse", RefuseAsync).WithName("RefuseConfirmation")
            .WithRule(RouteRule.Command(CommandVerbs.RefuseConfirmation, AccessRole.RiskManager, RouteScope.WholeAgent))
            .WithSummary("Refuse a command, or take back an own one")
            .Produces<ConfirmationView>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains, TimeProvider time)
    {
        var now = Now(time);
        return TypedResults.Ok<IReadOnlyList<ConfirmationView>>(
            [.. (await Inbox(grains).GetInbox()).Items.Reverse().Select(item => ConfirmationView.Of(item, now))]);
    }

    private static async Task<IResult> RefuseAsync(string id, ControlRequest request, HttpContext context, IGrainFactory grains, TimeProvider time)
    {
        if (OperatorReason.Check(request.Reason, out var reason) is { } refusal)
        {
            return refusal;
        }

        var answer = await Inbox(grains).Refuse(id, context.OperatorName(), reason);
        AuditNote.Change(context, answer.Confirmation?.Summary, answer.Confirmation is null ? null : "refused");
        return Answer(answer, time);
    }

    private static async Task<IResult> ConfirmAsync(string id, ControlRequest request, HttpContext context, IGrainFactory grains, TimeProvider time)
    {
        if (OperatorReason.Check(request.Reason, out _) is { } refusal)
        {
            return refusal;
        }

        if (await WhyNotTrustedAsync(id, grains) is { } revoked)
        {
            return Problem(revoked);
        }

        var caller = CallerIdentity.Of(context)!;
        var answer = await Inbox(grains).Confirm(id, caller.Name, caller.Role!.Value);
        if (answer.Confirmation is not { } confirmed)
        {
            return Answer(answer, time);
        }

        if (confirmed.Stored is ConfirmationState.Done)
        {
            return Answer(answer, time);
        }

        if (confirmed.Stored is ConfirmationState.Failed)
        {
            return Problem(confirmed.Result);
        }

        // Only the caller that moved it out of the inbox comes here, or its repeat after a crash: the grains that act recognise the
        // confirmation, so that the command is carried out at most once.
        CommandOperation.Current = $"confirmation-{confirmed.Id}";
        var (isDone, result) = await CarryOutAsync(confirmed, grains);
        AuditNote.Change(context, $"{confirmed.Summary}, requested by {confirmed.RequestedBy}: {confirmed.Reason}", result);
        AuditNote.Of(context).Outcome = isDone ? AuditOutcome.Done : AuditOutcome.Failed;
        var finished = await Inbox(grains).Finish(id, isDone, result);
        return isDone ? Answer(finished, time) : Problem(result);
    }

    /// <summary>A command that came by a key which has been revoked since may be a thief's.</summary>
    private static async Task<string?> WhyNotTrustedAsync(string id, IGrainFactory grains)
    {
        if ((await Inbox(grains).GetInbox()).Find(id) is not { Stored: ConfirmationState.Pending } pending)
        {
            return null;
        }

        var keys = await grains.GetGrain<IAccessGrain>(IAccessGrain.Key).GetKeys();
        return keys.HolderAt(pending.RequestedBy, pending.RequestedAt) is { RevokedAt: not null } key
            ? $"key {key.Id} of '{pending.RequestedBy}', which requested this, has been revoked: refuse it, and repeat the command with a key that is valid"
            : null;
    }

    private static async Task<(bool IsDone, string Result)> CarryOutAsync(Confirmation confirmed, IGrainFactory grains)
    {
        var who = $"{confirmed.RequestedBy}, confirmed by {confirmed.DecidedBy}";
        try
        {
            return confirmed.Verb switch
            {
                CommandVerbs.Arm => (true, await ArmAsync(confirmed, who, grains)),
                CommandVerbs.Resume => (true, await ResumeAsync(confirmed, who, grains)),
                CommandVerbs.ChangeLimit => (true, await ChangeLimitAsync(confirmed, who, grains)),
                CommandVerbs.MoveModel => await MoveModelAsync(confirmed, who, grains),
                CommandVerbs.ConfirmExperiment => await ConfirmExperimentAsync(confirmed, who, grains),
                _ => (false, $"'{confirmed.Verb}' cannot be carried out by this version"),
            };
        }
        catch (Exception e)
        {
            // The inbox keeps the reason: the command is never repeated by itself, since it may have taken effect.
            return (false, $"it may have taken effect or not: {e.GetBaseException().Message}");
        }
    }

    private static async Task<string> ArmAsync(Confirmation confirmed, string who, IGrainFactory grains)
    {
        await grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key).Arm(confirmed.Reason, who);
        return "armed";
    }

    private static async Task<string> ResumeAsync(Confirmation confirmed, string who, IGrainFactory grains)
    {
        var portfolio = JsonSerializer.Deserialize<HeldCommand.ResumeFields>(confirmed.Command)!.Portfolio;
        var status = await grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key).Resume(confirmed.Reason, who, portfolio);
        return status.Pending is { } pending ? $"resumed, with a halt pending: {pending}" : "resumed";
    }

    private static async Task<string> ChangeLimitAsync(Confirmation confirmed, string who, IGrainFactory grains)
    {
        var fields = JsonSerializer.Deserialize<HeldCommand.LimitFields>(confirmed.Command)!;
        await grains.GetGrain<IRiskGrain>(fields.Portfolio).ChangeLimit(fields.Limit, fields.Value, who, confirmed.Reason);
        return FormattableString.Invariant($"{fields.Limit} of {fields.Portfolio} is {fields.Value}");
    }

    private static async Task<(bool IsDone, string Result)> MoveModelAsync(Confirmation confirmed, string who, IGrainFactory grains)
    {
        var fields = JsonSerializer.Deserialize<HeldCommand.ModelFields>(confirmed.Command)!;
        var verdictOverride = fields is { Person: { } person, OverrideReason: { } why } ? new VerdictOverride(person, why) : null;
        var answer = await grains.Models().Move(fields.Model, fields.Stage, who, confirmed.Reason, verdictOverride);
        return answer.Entry is { } model ? (true, $"{model.Id} is {model.Stage}") : (false, answer.Refusal ?? "refused");
    }

    private static async Task<(bool IsDone, string Result)> ConfirmExperimentAsync(Confirmation confirmed, string who, IGrainFactory grains)
    {
        var id = JsonSerializer.Deserialize<HeldCommand.ExperimentFields>(confirmed.Command)!.Experiment;
        var answer = await grains.GetGrain<IExperimentsGrain>(IExperimentsGrain.Key).Confirm(id, who);
        return answer is { Refusal: null, Tracked.Experiment: { } experiment } ? (true, $"experiment {id}: {experiment.Challenger} becomes champion") : (false, answer.Refusal ?? "refused");
    }

    private static IResult Answer(ConfirmationAnswer answer, TimeProvider time) =>
        answer.Confirmation is { } confirmation ? TypedResults.Ok(ConfirmationView.Of(confirmation, Now(time))) : Problem(answer.Refusal);

    private static IResult Problem(string? detail) =>
        Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "Not carried out", detail: detail);

    private static IConfirmationsGrain Inbox(IGrainFactory grains) => grains.GetGrain<IConfirmationsGrain>(IConfirmationsGrain.Key);

    private static Timestamp Now(TimeProvider time) => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
