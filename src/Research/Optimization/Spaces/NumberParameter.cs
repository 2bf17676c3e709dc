using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace BtcAgent.Research.Optimization.Spaces;

/// <summary>Doubles from <see cref="Low"/> to <see cref="High"/>, both included.</summary>
public sealed class NumberParameter : SearchParameter
{
    /// <param name="name">A letter, then letters, digits, '-', '_' or '.'; at most 64 characters.</param>
    /// <param name="low">Lowest value, finite; above 0 with <paramref name="log"/>.</param>
    /// <param name="high">Highest value, finite.</param>
    /// <param name="log">True searches on the logarithmic scale. Default false.</param>
    /// <param name="condition">Where the parameter is active; null for everywhere.</param>
    /// <exception cref="ArgumentException">A name or range as above.</exception>
    public NumberParameter(string name, double low, double high, bool log = false, ParameterCondition? condition = null)
        : base(name, condition)
    {
        if (!(double.IsFinite(low) && double.IsFinite(high) && low <= high && double.IsFinite(high - low)) || (log && low <= 0))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}': low {low} and high {high} must be finite with low ≤ high{(log ? ", and low > 0 on a logarithmic scale" : "")}"));
        }

        (Low, High, IsLog) = (low + 0.0, high + 0.0, log);
    }

    public double Low { get; }

    public double High { get; }

    public bool IsLog { get; }

    public override ParameterKind Kind => ParameterKind.Number;

    public override bool Contains(ParameterValue value) =>
        value.Kind == ParameterKind.Number && value.Number >= Low && value.Number <= High;

    public override ParameterValue FromUnit(double unit) => new(unit switch
    {
        <= 0 => Low,
        >= 1 => High,
        _ => Math.Clamp(
            IsLog ? Math.Exp(Math.Log(Low) + (unit * (Math.Log(High) - Math.Log(Low)))) : Low + (unit * (High - Low)), Low, High),
    });

    public override double ToUnit(ParameterValue value) => Low == High ? 0.5
        : IsLog ? (Math.Log(value.Number) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low))
        : (value.Number - Low) / (High - Low);

    public override ImmutableArray<ParameterValue> Levels(int count) => UnitLevels(count);

    internal override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("type", "number");
        json.WriteNumber("low", Low);
        json.WriteNumber("high", High);
        json.WriteBoolean("log", IsLog);
    }

    internal override ParameterValue? Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var value) && double.IsFinite(value)
            ? new ParameterValue(value)
            : null;
}
