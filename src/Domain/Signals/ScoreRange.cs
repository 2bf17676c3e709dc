using System.Globalization;

namespace BtcAgent.Domain.Signals;

/// <summary>The range in which a correctly computed score lies: floating point sums depend on their order.</summary>
/// <param name="Low">Least score.</param>
/// <param name="High">Greatest score.</param>
public readonly record struct ScoreRange(double Low, double High)
{
    public bool Contains(double score) => score >= Low && score <= High;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Low:R}…{High:R}");
}
