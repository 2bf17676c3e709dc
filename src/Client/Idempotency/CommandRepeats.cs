using System.Globalization;
using BtcAgent.Client.Access;
using BtcAgent.Client.Audits;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Domain.Idempotency;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Idempotency;

/// <summary>
/// Lets a command with an idempotency key act once, over all gateways and restarts. The record shows a repeat the first answer. When a
/// process ended between doing and answering, the record has no answer: the repeat carries the same operation on, and the grains that
/// acted recognise its id, which they store in the same write as its effect. A command that stops trading never waits long for the record.
/// </summary>
internal sealed partial class CommandRepeats(
    IGrainFactory grains, IOptions<GatewayOptions> options, TimeProvider time, ILogger<CommandRepeats> logger)
{
    /// <summary>Largest stored answer, in characters. A repeat of a larger one asks the grains once more.</summary>
    public const int AnswerLengthMax = 256 * 1024;

    private static readonly TimeSpan StoredWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopStoredWithin = TimeSpan.FromMilliseconds(300);

    /// <summary>Longest wait of a repeat for the answer to the first request.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    /// <summary>The same for a command that stops trading, while a store that hangs delays it by <see cref="StopStoredWithin"/> only.</summary>
    private static readonly TimeSpan StopWaitMax = TimeSpan.FromSeconds(1);

    /// <summary>Name of a command that can have a key; null for reads, and for signing in and out.</summary>
    public static string? VerbOf(HttpContext context) =>
        context.GetEndpoint() is { } endpoint && RouteTable.RuleOf(endpoint)?.Verb is { } verb && CommandVerbs.All.Contains(verb) ? verb : null;

    /// <returns>The permitted action; null to carry the command out without a record, because it must not wait.</returns>
    /// <exception cref="TimeoutException">The record cannot be stored now; nothing was done.</exception>
    public async Task<CommandTurn?> BeginAsync(string verb, string id, string fingerprint)
    {
        if (!CommandVerbs.Stops(verb))
        {
            return await BeginAsync(id, fingerprint, WaitMax, StoredWithin);
        }

        try
        {
            var turn = await BeginAsync(id, fingerprint, TimeSpan.Zero, StopStoredWithin);
            if (turn.Kind == CommandTurnKind.Busy)
            {
                turn = await BeginAsync(id, fingerprint, StopWaitMax, StopStoredWithin);
            }

            // The first request is still under way: the grains recognise the operation, so that stopping twice is stopping once.
            return turn.Kind == CommandTurnKind.Busy ? turn with { Kind = CommandTurnKind.Run } : turn;
        }
        catch (Exception e)
        {
            LogUnrecorded(logger, verb, e.GetBaseException().Message);
            return null;
        }
    }

    /// <summary>Begins the part that acts: calls from here on carry the operation's id.</summary>
    public static CommandRun Enter(HttpContext context, CommandRecord record)
    {
        var run = new CommandRun(record);
        context.Features.Set(run);
        AuditNote.Of(context).Operation = record.Operation;
        CommandOperation.Current = record.Operation;
        return run;
    }

    /// <summary>
    /// Writes the audit's entry, then stores the answer: one that is stored is in the audit. A failure is logged only, since the command
    /// is done.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="id">Digest of caller and key.</param>
    /// <param name="run">The command.</param>
    /// <param name="status">Status of HTTP that describes the outcome.</param>
    /// <param name="answer">The answer; null when there is none.</param>
    public async Task EndAsync(HttpContext context, string id, CommandRun run, int status, CommandAnswer? answer)
    {
        var verb = VerbOf(context)!;
        if (answer is not null)
        {
            await OutcomeEntry.WriteAsync(context);
        }

        try
        {
            await StoreAsync(id, run.Operation, status, answer).WaitAsync(CommandVerbs.Stops(verb) ? StopStoredWithin : StoredWithin, time);
        }
        catch (Exception e)
        {
            LogAnswerNotStored(logger, verb, e.GetBaseException().Message);
        }
    }

    /// <summary>The answer to a request that may not act: the key is in use, or belongs to another request.</summary>
    public static ProblemDetails ProblemOf(HttpContext context, CommandTurn turn)
    {
        if (turn.Kind == CommandTurnKind.Different)
        {
            return new ProblemDetails
            {
                Type = "urn:btcagent:problem:idempotency-key-reused",
                Status = StatusCodes.Status422UnprocessableEntity,
                Title = "The idempotency key belongs to another request",
                Detail = $"This key came with another route or body at {turn.Record.BeganAt}: nothing was done. Send another key with another command.",
            };
        }

        context.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        return new ProblemDetails
        {
            Type = "urn:btcagent:problem:command-in-progress",
            Status = StatusCodes.Status409Conflict,
            Title = "The command is still being carried out",
            Detail = $"The first request with this key, of {turn.Record.BeganAt}, has no answer yet: repeat it in a second, with the same key.",
        };
    }

    private Task<CommandTurn> BeginAsync(string id, string fingerprint, TimeSpan wait, TimeSpan storedWithin) =>
        Records(id).Begin(id, fingerprint, options.Value.IdempotencyKept, wait).WaitAsync(wait + storedWithin, time);

    private Task StoreAsync(string id, string operation, int status, CommandAnswer? answer) => status switch
    {
        // Refused before anything was done: the corrected request may have the same key.
        StatusCodes.Status400BadRequest or StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound
            or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType or StatusCodes.Status429TooManyRequests =>
            Records(id).Forget(id, operation),
        < 500 when answer is not null && answer.Body.Length <= AnswerLengthMax => Records(id).Answer(id, operation, answer),
        _ => Records(id).Release(id, operation),
    };

    private ICommandRecordsGrain Records(string id) => grains.GetGrain<ICommandRecordsGrain>(ICommandRecordsGrain.KeyOf(id));
}
