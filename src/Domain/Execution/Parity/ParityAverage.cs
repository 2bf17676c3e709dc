namespace BtcAgent.Domain.Execution.Parity;

/// <summary>Exponentially weighted average; starts as the plain mean, lest the first value rule it.</summary>
[GenerateSerializer, Immutable, Alias("ParityAverage")]
public readonly record struct ParityAverage([property: Id(0)] double Value, [property: Id(1)] long Count)
{
    /// <summary>A null value changes nothing.</summary>
    public ParityAverage With(double? value, double weight)
    {
        if (value is not { } known)
        {
            return this;
        }

        var step = Math.Max(weight, 1.0 / (Count + 1));
        return new(Value + (step * (known - Value)), Count + 1);
    }
}
