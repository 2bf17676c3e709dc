using System.Collections.Immutable;
using BtcAgent.Domain.Strategies;

namespace BtcAgent.Strategies.Compilers;

/// <summary>A strategy that compiled and passed the checks.</summary>
/// <param name="Definition">The strategy that settings and commands name.</param>
/// <param name="Warnings">The compiler's warnings, with file and line.</param>
public sealed record CompiledStrategy(StrategyDefinition Definition, ImmutableArray<string> Warnings);
