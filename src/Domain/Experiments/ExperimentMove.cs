namespace BtcAgent.Domain.Experiments;

/// <summary>One change of an experiment's stage, with its evidence.</summary>
/// <param name="At">Event time of the move.</param>
/// <param name="From">Stage before.</param>
/// <param name="To">Stage after.</param>
/// <param name="Cause">The rule.</param>
/// <param name="Figure">The figure that the rule judged; null for a rule without one.</param>
/// <param name="Limit">Its limit.</param>
/// <param name="Look">The look of the test on which the move rests; null for none.</param>
/// <param name="By">Name of the person; <c>agent</c> without one.</param>
/// <param name="Text">The reason, for people.</param>
[GenerateSerializer, Immutable, Alias("ExperimentMove")]
public sealed record ExperimentMove(
    [property: Id(0)] Timestamp At,
    [property: Id(1)] ExperimentStage From,
    [property: Id(2)] ExperimentStage To,
    [property: Id(3)] ExperimentCause Cause,
    [property: Id(4)] double? Figure,
    [property: Id(5)] double? Limit,
    [property: Id(6)] ExperimentLook? Look,
    [property: Id(7)] string By,
    [property: Id(8)] string Text);
