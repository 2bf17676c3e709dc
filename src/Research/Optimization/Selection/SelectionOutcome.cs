using System.Collections.Immutable;
using BtcAgent.Domain.Models;

namespace BtcAgent.Research.Optimization.Selection;

/// <summary>The decision on the winner of a search, with its reasons.</summary>
/// <param name="Passes">True if every reason holds: only then is a model written.</param>
/// <param name="Headline">The decision in one or two sentences for an investor.</param>
/// <param name="Reasons">One per gate; those that do not hold come first.</param>
/// <param name="Figures">Figures that the reasons use.</param>
public sealed record SelectionOutcome(bool Passes, string Headline, ImmutableArray<VerdictReason> Reasons, SelectionFigures Figures);
