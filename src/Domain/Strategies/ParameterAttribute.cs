namespace BtcAgent.Domain.Strategies;

/// <summary>
/// Range and meaning of a strategy's constructor parameter. The parameter's type is <c>int</c>, <c>double</c> or <c>bool</c>, and
/// it has a default value.
/// </summary>
/// <param name="min">Least value.</param>
/// <param name="max">Greatest value.</param>
/// <param name="meaning">Meaning with its unit, such as "bars of the average".</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParameterAttribute(double min, double max, string meaning) : Attribute
{
    public double Min => min;

    public double Max => max;

    public string Meaning => meaning;
}
