using System.Collections.Immutable;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>Result of one fold of a trial.</summary>
/// <param name="Score">Maximised. NaN: the fold failed, and so did its trial. An infinite score counts as NaN.</param>
/// <param name="Returns">Returns per period of the fold's test window, for selection; may be empty.</param>
public sealed record FoldScore(double Score, ImmutableArray<double> Returns);
