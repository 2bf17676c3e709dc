namespace BtcAgent.Research.Replays;

/// <summary>What came of one step: features, score, verdict or order.</summary>
/// <param name="Step">Its name.</param>
/// <param name="Outcome">See <see cref="StepOutcome"/>.</param>
/// <param name="Bytes">Length of what was recorded.</param>
/// <param name="Byte">The first that differs, from 0; null unless the step diverges.</param>
/// <param name="Field">What the byte belongs to.</param>
/// <param name="Recorded">The field's recorded value.</param>
/// <param name="Replayed">Its value as made again.</param>
/// <param name="Remark">Why the step was not made again, or which text this version words differently; else null.</param>
public sealed record StepResult(
    string Step, StepOutcome Outcome, int Bytes, int? Byte, string? Field, string? Recorded, string? Replayed, string? Remark)
{
    /// <summary>The field's recorded bytes; null unless two fields were compared.</summary>
    public string? RecordedHex { get; init; }

    /// <summary>Its bytes as made again.</summary>
    public string? ReplayedHex { get; init; }

    public static StepResult Equal(string step, int bytes) => new(step, StepOutcome.Equal, bytes, null, null, null, null, null);

    public static StepResult Diverges(string step, int bytes, int at, string field, string recorded, string replayed) =>
        new(step, StepOutcome.Diverges, bytes, at, field, recorded, replayed, null);

    public static StepResult NotMade(string step, string why) => new(step, StepOutcome.NotMade, 0, null, null, null, null, why);
}
