namespace BtcAgent.Research.Replays;

/// <summary>Result of one step: features, score, signal, verdict or order.</summary>
/// <param name="Step">Its name.</param>
/// <param name="Outcome">See <see cref="StepOutcome"/>.</param>
/// <param name="Bytes">Length of the recorded image.</param>
/// <param name="Byte">Index of the first byte that differs; null unless the step diverges.</param>
/// <param name="Field">The field of that byte.</param>
/// <param name="Recorded">The field's recorded value.</param>
/// <param name="Replayed">The field's replayed value.</param>
/// <param name="Remark">Why the step was not replayed, or which text this version words differently; otherwise null.</param>
public sealed record StepResult(
    string Step, StepOutcome Outcome, int Bytes, int? Byte, string? Field, string? Recorded, string? Replayed, string? Remark)
{
    /// <summary>The field's recorded bytes; null unless two fields were compared.</summary>
    public string? RecordedHex { get; init; }

    /// <summary>The field's replayed bytes.</summary>
    public string? ReplayedHex { get; init; }

    public static StepResult Equal(string step, int bytes) => new(step, StepOutcome.Equal, bytes, null, null, null, null, null);

    public static StepResult Diverges(string step, int bytes, int at, string field, string recorded, string replayed) =>
        new(step, StepOutcome.Diverges, bytes, at, field, recorded, replayed, null);

    public static StepResult NotMade(string step, string why) => new(step, StepOutcome.NotMade, 0, null, null, null, null, why);
}
