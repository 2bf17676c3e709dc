using System.Globalization;

namespace BtcAgent.Domain.Strategies;

/// <summary>A named number that a strategy is created with.</summary>
/// <param name="Name">Name in settings and on the command line.</param>
/// <param name="Default">Value when none is given.</param>
/// <param name="Min">Least value.</param>
/// <param name="Max">Greatest value.</param>
/// <param name="IsWhole">True when only whole numbers are valid; a <c>bool</c> is a whole number 0…1.</param>
/// <param name="Meaning">Meaning with its unit.</param>
public sealed record StrategyParameter(string Name, double Default, double Min, double Max, bool IsWhole, string Meaning)
{
    /// <exception cref="ArgumentException">The value is out of range or not whole.</exception>
    public double Check(string strategy, double value) =>
        value >= Min && value <= Max && (!IsWhole || value == Math.Truncate(value))
            ? value
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{strategy}: {Name} must be a {(IsWhole ? "whole number" : "number")} {Min}…{Max}, not {value}"));
}
