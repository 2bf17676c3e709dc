using System.Collections.Immutable;
using System.Globalization;

namespace BtcAgent.Research.Leakage;

/// <summary>Result of a look-ahead audit.</summary>
/// <param name="Kind">How it was made.</param>
/// <param name="Rows">Rows that were recomputed.</param>
/// <param name="Differences">Values that change without the future; empty when none was found.</param>
public sealed record LookAheadReport(AuditKind Kind, int Rows, ImmutableArray<LookAheadDifference> Differences)
{
    public static LookAheadReport NotAvailable { get; } = new(AuditKind.NotAvailable, 0, []);

    public static LookAheadReport LivePipeline { get; } = new(AuditKind.LivePipeline, 0, []);

    /// <summary>True if it was made and found nothing, false if it found the future, null if it was not made.</summary>
    public bool? Passed => !Differences.IsDefaultOrEmpty ? false : Kind == AuditKind.NotAvailable ? null : true;

    public string Text => Passed switch
    {
        false => string.Create(
            CultureInfo.InvariantCulture,
            $"{Differences[0].Feature} at {Differences[0].Time} is {Differences[0].Whole:R}, but {Differences[0].FromPast:R} from its past alone ({Differences.Length} differences)."),
        null => "The look-ahead audit is not available for a stored dataset: train from --bars or --tape.",
        _ when Kind == AuditKind.LivePipeline => "The rows come from the live pipeline, which reads no future.",
        _ => string.Create(
            CultureInfo.InvariantCulture, $"{Rows} rows recomputed from their truncated past agree bit for bit."),
    };
}
