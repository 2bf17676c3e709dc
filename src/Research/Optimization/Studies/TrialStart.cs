using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>A trial about to run.</summary>
/// <param name="Number">Number of the trial.</param>
/// <param name="Point">Suggested point.</param>
/// <param name="Seed">Seed of its folds and their order.</param>
/// <param name="Best">Best of the trials up to its number − lag, for pruning; null if none is complete.</param>
internal sealed record TrialStart(int Number, ParameterPoint Point, ulong Seed, Trial? Best);
