using System.Collections.Immutable;

namespace BtcAgent.Research.Training;

/// <summary>The part of each group of features in a model, out of sample.</summary>
/// <param name="Confidence">Probability that all intervals together contain the true gains, 0…1.</param>
/// <param name="Groups">The groups, in the order of the catalogue.</param>
public sealed record AblationReport(double Confidence, ImmutableArray<GroupAblation> Groups);
