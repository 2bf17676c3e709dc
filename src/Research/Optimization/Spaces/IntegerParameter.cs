using System.Collections.Immutable;
using System.Text.Json;

namespace BtcAgent.Research.Optimization.Spaces;

/// <summary>Whole numbers from <see cref="Low"/> to <see cref="High"/>, both included, in steps.</summary>
public sealed class IntegerParameter : SearchParameter
{
    // Beyond 2^53 doubles skip whole numbers.
    private const long Limit = 1L << 53;

    /// <param name="name">A letter, then letters, digits, '-', '_' or '.'; at most 64 characters.</param>
    /// <param name="low">Lowest value; 1 or more with <paramref name="log"/>.</param>
    /// <param name="high">Highest value: <paramref name="low"/> plus a multiple of <paramref name="step"/>.</param>
    /// <param name="step">Distance of two values, 1 or more; 1 with <paramref name="log"/>. Default 1.</param>
    /// <param name="log">True searches on the logarithmic scale. Default false.</param>
    /// <param name="condition">Where the parameter is active; null for everywhere.</param>
    /// <exception cref="ArgumentException">A name, range or step as above.</exception>
    public IntegerParameter(string name, long low, long high, long step = 1, bool log = false, ParameterCondition? condition = null)
        : base(name, condition)
    {
        if (low > high || low < -Limit || high > Limit || step < 1 || (high - low) % step != 0)
        {
            throw new ArgumentException(
                $"'{name}': low {low}, high {high} and step {step} must have low ≤ high, step ≥ 1, and high = low plus whole steps");
        }

        if (log && (low < 1 || step != 1))
        {
            throw new ArgumentException($"'{name}': a logarithmic scale needs low ≥ 1 and step 1, not low {low} and step {step}");
        }

        (Low, High, Step, IsLog) = (low, high, step, log);
    }

    public long Low { get; }

    public long High { get; }

    public long Step { get; }

    public bool IsLog { get; }

    /// <summary>Number of values, 1 or more.</summary>
    public long Count => ((High - Low) / Step) + 1;

    public override ParameterKind Kind => ParameterKind.Integer;

    public override bool Contains(ParameterValue value) =>
        value.Kind == ParameterKind.Integer && value.Integer >= Low && value.Integer <= High && (value.Integer - Low) % Step == 0;

    public override ParameterValue FromUnit(double unit)
    {
        if (!IsLog)
        {
            return new ParameterValue(Low + (Step * Math.Clamp((long)Math.Floor(unit * Count), 0, Count - 1)));
        }

        var (from, to) = (Math.Log(Low - 0.5), Math.Log(High + 0.5));
        return Nearest(Math.Exp(from + (unit * (to - from))));
    }

    public override double ToUnit(ParameterValue value)
    {
        if (!IsLog)
        {
            return (((value.Integer - Low) / Step) + 0.5) / Count;
        }

        var (from, to) = (Math.Log(Low - 0.5), Math.Log(High + 0.5));
        return (Math.Log(value.Integer) - from) / (to - from);
    }

    public override ImmutableArray<ParameterValue> Levels(int count) =>
        !IsLog && Count <= count ? [.. Enumerable.Range(0, (int)Count).Select(i => new ParameterValue(Low + (Step * i)))] : UnitLevels(count);

    /// <summary>The value of the range and step nearest to a number.</summary>
    internal ParameterValue Nearest(double number) =>
        new(Low + (Step * (long)Math.Clamp(Math.Round((number - Low) / Step), 0, Count - 1)));

    internal override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("type", "integer");
        json.WriteNumber("low", Low);
        json.WriteNumber("high", High);
        json.WriteNumber("step", Step);
        json.WriteBoolean("log", IsLog);
    }

    internal override ParameterValue? Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var value) ? new ParameterValue(value) : null;
}
