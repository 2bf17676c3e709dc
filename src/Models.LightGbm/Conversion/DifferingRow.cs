using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Conversion;

/// <summary>A row on which the converted model differs.</summary>
/// <param name="Problem">The difference, such as <c>tree 3: leaf 7, not 6</c>.</param>
/// <param name="Features">The row.</param>
public sealed record DifferingRow(string Problem, ImmutableArray<float> Features);
