namespace BtcAgent.Domain.Retraining;

/// <summary>A finding that asks for a new model, such as drift.</summary>
/// <param name="Trigger">Kind of the finding.</param>
/// <param name="Strategy">Strategy whose model is concerned.</param>
/// <param name="Reason">The finding with its figures, for people.</param>
[GenerateSerializer, Immutable, Alias("RetrainingAlarm")]
public sealed record RetrainingAlarm(
    [property: Id(0)] TrainingTrigger Trigger, [property: Id(1)] string Strategy, [property: Id(2)] string Reason);
