using BtcAgent.Domain.Statistics;

namespace BtcAgent.Domain.Experiments;

/// <summary>One look of the sequential test at the daily differences, challenger less champion.</summary>
/// <param name="Method">The test.</param>
/// <param name="Number">Number of the look, from 1.</param>
/// <param name="Fraction">Part of the horizon that is over, 0…1; without a horizon, of the longest duration.</param>
/// <param name="Estimate">Mean difference a day, as a fraction of the capital, with its error.</param>
/// <param name="Boundary">The z from which on the challenger is better.</param>
/// <param name="Low">Lower end of the band of the mean difference, valid at all looks together; null where it is not known.</param>
/// <param name="High">Upper end of the band.</param>
/// <param name="PValue">Without a horizon: the always-valid p-value; null with one.</param>
/// <param name="PredictivePower">With a horizon: probability of significance at its end; null without one.</param>
/// <param name="Answer">The decision of the test.</param>
[GenerateSerializer, Immutable, Alias("ExperimentLook")]
public sealed record ExperimentLook(
    [property: Id(0)] SequentialMethod Method,
    [property: Id(1)] int Number,
    [property: Id(2)] double Fraction,
    [property: Id(3)] MeanEstimate Estimate,
    [property: Id(4)] double Boundary,
    [property: Id(5)] double? Low,
    [property: Id(6)] double? High,
    [property: Id(7)] double? PValue,
    [property: Id(8)] double? PredictivePower,
    [property: Id(9)] LookAnswer Answer);
