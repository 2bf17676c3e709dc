namespace BtcAgent.Domain.Retraining;

/// <summary>A wish for a new model of a strategy.</summary>
/// <param name="Strategy">Name of the strategy.</param>
/// <param name="Instrument">Instrument whose data it trains on.</param>
/// <param name="Trigger">Cause.</param>
/// <param name="By">The operator, or the part of the agent that asks.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Window">Data to train on.</param>
/// <param name="Recipe">Parameters of the training.</param>
[GenerateSerializer, Immutable, Alias("TrainingRequest")]
public sealed record TrainingRequest(
    [property: Id(0)] string Strategy,
    [property: Id(1)] InstrumentId Instrument,
    [property: Id(2)] TrainingTrigger Trigger,
    [property: Id(3)] string By,
    [property: Id(4)] string Reason,
    [property: Id(5)] TrainingWindow Window,
    [property: Id(6)] TrainingRecipe Recipe)
{
    public bool IsAutomatic => Trigger != TrainingTrigger.Operator;
}
