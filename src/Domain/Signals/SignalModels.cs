using System.Globalization;
using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Signals;

/// <summary>
/// The models that a strategy may name: the rules, created here, and <see cref="Trained"/>, which the registry assigns.
/// </summary>
public static class SignalModels
{
    public const string EmaCross = "ema-cross";
    public const string FlowMomentum = "flow-momentum";

    /// <summary>The trained model that is the strategy's champion.</summary>
    public const string Trained = "lightgbm";

    private static readonly Dictionary<string, string[]> Parameters = new(StringComparer.Ordinal)
    {
        [EmaCross] = ["fast", "slow"],
        [FlowMomentum] = ["entry", "exit"],
    };

    /// <summary>True for the <see cref="ISignalModel.Id"/> of a rule, such as <c>ema-cross(10,20)</c>.</summary>
    public static bool IsRule(string modelId) => Parameters.Keys.Any(name => modelId.StartsWith($"{name}(", StringComparison.Ordinal));

    /// <summary>Creates the rule with this id.</summary>
    /// <exception cref="ArgumentException">No rule has this id.</exception>
    public static ISignalModel CreateRule(string modelId, FeatureSchema schema)
    {
        if (modelId == AbsentModel.Name)
        {
            return new AbsentModel("there was no model");
        }

        var name = modelId.Split('(')[0];
        var values = modelId[name.Length..].TrimStart('(').TrimEnd(')').Split(',');
        var known = Parameters.GetValueOrDefault(name) ?? throw new ArgumentException($"'{modelId}' is not a rule's id");
        if (values.Length != known.Length)
        {
            throw new ArgumentException($"'{modelId}': {name} takes {string.Join(", ", known)}");
        }

        var parameters = known.Zip(values).ToDictionary(
            pair => pair.First,
            pair => double.TryParse(pair.Second, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new ArgumentException($"'{modelId}': {pair.First} is not a number"));
        return Create(name, parameters, schema);
    }

    /// <summary>Creates a rule.</summary>
    /// <exception cref="ArgumentException">Unknown name or parameter, or a value out of range; the message lists the valid
    /// ones.</exception>
    public static ISignalModel Create(string name, IReadOnlyDictionary<string, double> parameters, FeatureSchema schema)
    {
        if (name == Trained)
        {
            throw new ArgumentException($"{Trained} is not a rule: the registry assigns a trained model to the strategy");
        }

        if (!Parameters.TryGetValue(name, out var known))
        {
            throw new ArgumentException($"unknown model '{name}': there are {string.Join(", ", Parameters.Keys)}, {Trained}");
        }

        if (parameters.Keys.FirstOrDefault(p => !known.Contains(p)) is { } unknown)
        {
            throw new ArgumentException($"model {name} has no parameter '{unknown}': it takes {string.Join(", ", known)}");
        }

        return name == EmaCross
            ? new EmaCrossModel(Whole("fast", 10), Whole("slow", 20))
            : new FlowMomentumModel(schema, Number("entry", 0.4), Number("exit", 0.1));

        double Number(string parameter, double fallback) => parameters.TryGetValue(parameter, out var value) ? value : fallback;

        int Whole(string parameter, int fallback)
        {
            var value = Number(parameter, fallback);
            return value == Math.Truncate(value) && value is >= 1 and <= 100_000
                ? (int)value
                : throw new ArgumentException(FormattableString.Invariant($"{name}: {parameter} must be a whole number 1…100000, not {value}"));
        }
    }
}
