using System.Collections.Immutable;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>Outcome of a search.</summary>
/// <param name="Trials">All trials in the order of their numbers, those of the store included.</param>
/// <param name="Best">The complete trial with the highest value, of equal ones the first; null if none is complete.</param>
/// <param name="End">Why this run ended.</param>
/// <param name="Notes">One sentence each, for people: capped jobs, lines cut off the store, folds too few for pruning.</param>
public sealed record StudyResult(ImmutableArray<Trial> Trials, Trial? Best, StudyEnd End, ImmutableArray<string> Notes);
