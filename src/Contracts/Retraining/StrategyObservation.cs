namespace BtcAgent.Contracts.Retraining;

/// <summary>The figures by which a strategy's schedule and triggers are judged.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="MarketTime">Greatest event time of its instrument; unknown before the first event.</param>
/// <param name="TrainedTo">Newest training data of its newest model; unknown without one.</param>
[GenerateSerializer, Immutable, Alias("StrategyObservation")]
public sealed record StrategyObservation(
    [property: Id(0)] string Strategy, [property: Id(1)] Timestamp MarketTime, [property: Id(2)] Timestamp TrainedTo);
