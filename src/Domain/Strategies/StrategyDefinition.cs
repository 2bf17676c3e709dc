using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Strategies;

/// <summary>A strategy that settings and commands can name: built in, or compiled from a source.</summary>
/// <param name="name">Name: lower-case letters, digits and dashes.</param>
/// <param name="summary">Description in one sentence.</param>
/// <param name="parameters">Parameters in the order of the id's values.</param>
/// <param name="create">Creates a model with checked values.</param>
public sealed class StrategyDefinition(
    string name, string summary, ImmutableArray<StrategyParameter> parameters, Func<StrategySetup, ISignalModel> create)
{
    /// <summary>Digits of the source's hash in the hash of a model.</summary>
    public const int SourceDigits = 12;

    public string Name => name;

    public string Summary => summary;

    public ImmutableArray<StrategyParameter> Parameters => parameters;

    /// <summary>SHA-256 of the source it was compiled from, lower-case hexadecimal; null for a built-in one.</summary>
    public string? SourceHash { get; init; }

    /// <summary>File or folder of the source; null for a built-in one.</summary>
    public string? Source { get; init; }

    /// <param name="values">Values by name; absent ones have their defaults.</param>
    /// <param name="schema">Schema of the features.</param>
    /// <exception cref="ArgumentException">Unknown parameter, or a value out of range.</exception>
    public ISignalModel Create(IReadOnlyDictionary<string, double> values, FeatureSchema schema)
    {
        if (values.Keys.FirstOrDefault(given => parameters.All(known => known.Name != given)) is { } unknown)
        {
            var known = parameters.IsEmpty ? "none" : string.Join(", ", parameters.Select(p => p.Name));
            throw new ArgumentException($"model {name} has no parameter '{unknown}': it takes {known}");
        }

        ImmutableArray<double> resolved = [.. parameters.Select(p => p.Check(name, values.GetValueOrDefault(p.Name, p.Default)))];
        var id = $"{name}({string.Join(",", resolved.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))})";
        var setup = new StrategySetup(id, SourceHash is null ? id : $"{id}@{SourceHash[..SourceDigits]}", resolved, schema);
        var model = create(setup);
        (model as Strategy)?.Begin(setup);
        return model;
    }
}
