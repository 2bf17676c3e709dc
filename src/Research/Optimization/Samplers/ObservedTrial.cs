using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>A trial as a sampler sees it.</summary>
/// <param name="Point">A point of the space.</param>
/// <param name="State">Decides which other fields count.</param>
/// <param name="Value">
/// Mean score of the folds that ran, maximised; of a running or failed trial NaN.
/// </param>
/// <param name="Folds">Folds that have a score.</param>
public sealed record ObservedTrial(ParameterPoint Point, TrialState State, double Value, int Folds);
