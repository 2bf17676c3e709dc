using System.Security.Cryptography;
using BtcAgent.Client.Access;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Confirmations;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Audit;
using BtcAgent.Domain.Confirmations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Api;

/// <summary>Holds commands that need a second person: those of the rule, if <c>Gateway:TwoPersonRule</c> is on, and every proposed one.</summary>
internal sealed class TwoPersonRule(IOptions<GatewayOptions> options, IGrainFactory grains, TimeProvider time)
{
    private const int IdBytes = 4;

    public bool IsOn => options.Value.TwoPersonRule;

    /// <returns>The answer that the command waits; null when the rule is off, and the command may be carried out.</returns>
    public async Task<IResult?> HoldAsync(HttpContext context, HeldCommand command, string reason) =>
        IsOn ? await RequestAsync(context, command, reason) : null;

    /// <summary>Puts a command into the inbox, whether the rule is on or off.</summary>
    public async Task<IResult> RequestAsync(HttpContext context, HeldCommand command, string reason)
    {
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        var answer = await grains.GetGrain<IConfirmationsGrain>(IConfirmationsGrain.Key).Request(new Confirmation
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
            Verb = command.Verb,
            Subject = command.Subject,
            Summary = command.Summary,
            Command = command.Fields,
            Role = AccessRole.RiskManager,
            RequestedBy = CallerIdentity.Of(context)!.Name,
            Reason = reason,
            RequestedAt = now,
            Operation = CommandOperation.Current,
            ExpiresAt = now + TimeSpan.FromMinutes(options.Value.ConfirmationMinutes),
        });
        if (answer.Confirmation is not { } held)
        {
            return Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "The command was not accepted", detail: answer.Refusal);
        }

        var note = AuditNote.Of(context);
        (note.Outcome, note.After) = (AuditOutcome.Pending, $"confirmation {held.Id}: {held.Summary}");
        return Results.Accepted($"/api/v1/confirmations/{held.Id}", ConfirmationView.Of(held, now));
    }
}
