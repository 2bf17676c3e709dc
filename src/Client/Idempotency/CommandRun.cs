using BtcAgent.Domain.Idempotency;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace BtcAgent.Client.Idempotency;

/// <summary>A command with an idempotency key, while it is carried out.</summary>
/// <param name="record">Its record.</param>
internal sealed class CommandRun(CommandRecord record)
{
    public string Operation => record.Operation;

    /// <summary>When the first request with this key began.</summary>
    public Timestamp BeganAt => record.BeganAt;

    /// <summary>The answer to repeats when the first one contains a secret; null when it does not.</summary>
    public ProblemDetails? ForRepeats { get; private set; }

    /// <summary>Returns null for a command without a key.</summary>
    public static CommandRun? Of(HttpContext context) => context.Features.Get<CommandRun>();

    /// <summary>The answer must not be stored: repeats get this problem.</summary>
    public static void HideFromRepeats(HttpContext context, ProblemDetails problem)
    {
        if (Of(context) is { } run)
        {
            run.ForRepeats = problem;
        }
    }
}
