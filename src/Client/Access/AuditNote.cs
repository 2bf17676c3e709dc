using BtcAgent.Domain.Audit;
using Microsoft.AspNetCore.Http;

namespace BtcAgent.Client.Access;

/// <summary>
/// An endpoint's part of the entry, which the audit cannot read from the request: the states before and after, and who
/// signed in.
/// </summary>
public sealed class AuditNote
{
    /// <summary>A parameter of a path that is a secret, and is not recorded.</summary>
    public const string SecretParameter = "link";

    private const int LengthMax = 500;

    /// <summary>Name of the person that this request identified; null for the caller.</summary>
    public string? Actor { get; set; }

    /// <summary>Role of <see cref="Actor"/>.</summary>
    public string? Role { get; set; }

    /// <summary>Null for the path's parameters, or the portfolio in the body.</summary>
    public string? Subject { get; set; }

    /// <summary>Null for the reason in the body.</summary>
    public string? Reason { get; set; }

    public string? Before { get; set; }

    public string? After { get; set; }

    /// <summary>Status of HTTP that describes the outcome, where the answer's is always 200, as in gRPC; null for the answer's.</summary>
    public int? Status { get; set; }

    /// <summary>Id of the command, the same for its repeats; null for a command without an idempotency key.</summary>
    public string? Operation { get; set; }

    /// <summary>True for a repeat that got the answer of the first request: it has no entry.</summary>
    public bool IsRepeat { get; set; }

    /// <summary>Null for the outcome that the answer's status shows.</summary>
    public AuditOutcome? Outcome { get; set; }

    /// <summary>The note of a request.</summary>
    public static AuditNote Of(HttpContext context)
    {
        if (context.Features.Get<AuditNote>() is { } note)
        {
            return note;
        }

        note = new AuditNote();
        context.Features.Set(note);
        return note;
    }

    /// <summary>Notes the states before and after.</summary>
    public static void Change(HttpContext context, string? before, string? after) =>
        (Of(context).Before, Of(context).After) = (Short(before), Short(after));

    /// <summary>Limits a text, so that no entry is long.</summary>
    public static string? Short(string? text) => text is { Length: > LengthMax } ? text[..LengthMax] + "…" : text;
}
