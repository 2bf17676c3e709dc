using BtcAgent.Domain.Strategies;

namespace BtcAgent.Cli.Strategies;

/// <summary>One strategy of <c>strategy list --json</c> and <c>strategy check --json</c>.</summary>
/// <param name="Name">Name in settings and commands.</param>
/// <param name="Summary">Description.</param>
/// <param name="Source">File or folder; null for a built-in one.</param>
/// <param name="SourceHash">SHA-256 of the source; null for a built-in one.</param>
/// <param name="Parameters">Parameters in the order of an id's values.</param>
internal sealed record ListedStrategy(
    string Name, string Summary, string? Source, string? SourceHash, IReadOnlyList<StrategyParameter> Parameters)
{
    public static ListedStrategy Of(StrategyDefinition definition) =>
        new(definition.Name, definition.Summary, definition.Source, definition.SourceHash, definition.Parameters);
}
