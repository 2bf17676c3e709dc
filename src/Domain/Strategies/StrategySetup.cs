using System.Collections.Immutable;
using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Strategies;

/// <summary>The identity and values that a strategy is created with.</summary>
/// <param name="Id">Name and values, such as <c>ema-cross(10,20)</c>.</param>
/// <param name="Hash">The id, and for a strategy compiled from a source the hash of the source.</param>
/// <param name="Values">Checked values in the order of the definition's parameters.</param>
/// <param name="Schema">Schema of the features.</param>
public sealed record StrategySetup(string Id, string Hash, ImmutableArray<double> Values, FeatureSchema Schema);
