using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Strategies;

/// <summary>The strategies that settings and commands can name, besides trained models.</summary>
public sealed class StrategyCatalog
{
    private readonly ImmutableDictionary<string, StrategyDefinition> _byName;

    /// <exception cref="ArgumentException">Two have one name, or one has the name of trained models.</exception>
    private StrategyCatalog(ImmutableArray<StrategyDefinition> definitions)
    {
        Definitions = definitions;
        foreach (var twice in definitions.GroupBy(d => d.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            throw new ArgumentException(
                $"two strategies are named '{twice.Key}' ({string.Join(", ", twice.Select(d => d.Source ?? "built in"))}): rename one's class");
        }

        if (definitions.FirstOrDefault(d => d.Name is SignalModels.Trained or AbsentModel.Name) is { } reserved)
        {
            throw new ArgumentException($"{reserved.Source}: the name '{reserved.Name}' is reserved: rename its class");
        }

        _byName = definitions.ToImmutableDictionary(d => d.Name, StringComparer.Ordinal);
    }

    /// <summary>The rules of this program.</summary>
    public static StrategyCatalog BuiltIn { get; } = new(
    [
        new(
            SignalModels.EmaCross,
            "Long while the fast average of closes is at or above the slow one, otherwise short.",
            [
                new("fast", 10, 1, 100_000, IsWhole: true, "bars of the fast average"),
                new("slow", 20, 1, 100_000, IsWhole: true, "bars of the slow average"),
            ],
            setup => new EmaCrossModel((int)setup.Values[0], (int)setup.Values[1])),
        new(
            SignalModels.FlowMomentum,
            "Follows order flow over 15 s when the trend agrees.",
            [
                new("entry", 0.4, 0, 1_000, IsWhole: false, "score to enter at"),
                new("exit", 0.1, 0, 1_000, IsWhole: false, "score to leave at"),
            ],
            setup => new FlowMomentumModel(setup.Schema, setup.Values[0], setup.Values[1])),
        new(
            SignalModels.FlowTrend,
            "Follows order flow that persists over 60 s, and states the measured move of its positions.",
            [
                new("entry", 0.6, 0, 1, IsWhole: false, "score to enter at"),
                new("exit", 0.2, 0, 1, IsWhole: false, "score to leave at"),
                new("move", 35, 0, 1_000, IsWhole: false, "expected move of a position until its own are measured, in basis points"),
            ],
            setup => new FlowTrendModel(setup.Schema, setup.Values[0], setup.Values[1], setup.Values[2])),
    ]);

    public ImmutableArray<StrategyDefinition> Definitions { get; }

    /// <summary>True for the <see cref="ISignalModel.Id"/> of a strategy such as <c>ema-cross(10,20)</c>, false for a trained
    /// model's.</summary>
    public static bool IsRule(string modelId) => modelId.EndsWith(')');

    /// <exception cref="ArgumentException">Two have one name, or one has a reserved name.</exception>
    public StrategyCatalog With(IEnumerable<StrategyDefinition> more) => new([.. Definitions, .. more]);

    /// <summary>Returns the strategy with this name; null for none.</summary>
    public StrategyDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <exception cref="ArgumentException">Unknown name or parameter, or a value out of range; the message lists the valid
    /// ones.</exception>
    public ISignalModel Create(string name, IReadOnlyDictionary<string, double> parameters, FeatureSchema schema)
    {
        if (name == SignalModels.Trained)
        {
            throw new ArgumentException($"{SignalModels.Trained} is not a rule: the registry assigns a trained model to the strategy");
        }

        var definition = Find(name) ?? throw new ArgumentException(
            $"unknown model '{name}': there are {string.Join(", ", Definitions.Select(d => d.Name))}, {SignalModels.Trained}");
        return definition.Create(parameters, schema);
    }

    /// <summary>Creates the strategy with this id, as recorded in a decision.</summary>
    /// <exception cref="ArgumentException">No strategy has this id.</exception>
    public ISignalModel CreateById(string modelId, FeatureSchema schema)
    {
        if (modelId == AbsentModel.Name)
        {
            return new AbsentModel("there was no model");
        }

        var name = modelId.Split('(')[0];
        var definition = Find(name) ?? throw new ArgumentException($"'{modelId}' is not the id of a strategy in this program");
        var text = modelId[name.Length..].TrimStart('(').TrimEnd(')');
        var values = text.Length == 0 ? [] : text.Split(',');
        if (values.Length != definition.Parameters.Length)
        {
            throw new ArgumentException($"'{modelId}': {name} takes {string.Join(", ", definition.Parameters.Select(p => p.Name))}");
        }

        var parameters = definition.Parameters.Zip(values).ToDictionary(
            pair => pair.First.Name,
            pair => double.TryParse(pair.Second, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new ArgumentException($"'{modelId}': {pair.First.Name} is not a number"));
        return definition.Create(parameters, schema);
    }
}
