using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Signals;

/// <summary>The models that exist by name.</summary>
public static class SignalModels
{
    public const string EmaCross = "ema-cross";
    public const string FlowMomentum = "flow-momentum";

    private static readonly Dictionary<string, string[]> Parameters = new(StringComparer.Ordinal)
    {
        [EmaCross] = ["fast", "slow"],
        [FlowMomentum] = ["entry", "exit"],
    };

    /// <exception cref="ArgumentException">Unknown name or parameter, or a value out of range; the message lists what there is.</exception>
    public static ISignalModel Create(string name, IReadOnlyDictionary<string, double> parameters, FeatureSchema schema)
    {
        if (!Parameters.TryGetValue(name, out var known))
        {
            throw new ArgumentException($"unknown model '{name}': there are {string.Join(", ", Parameters.Keys)}");
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
