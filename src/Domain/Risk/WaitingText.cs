using System.Globalization;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>Why a decision without an order waits, in one sentence with the numbers.</summary>
internal static class WaitingText
{
    /// <param name="check">The failed check of <see cref="RiskCodes.ExpectedCost"/>.</param>
    public static string OfCost(RiskCheck check) => string.Create(
        CultureInfo.InvariantCulture, $"expected {check.Limit:0.0} bps, a round trip must earn {check.Value:0.0} bps: waits");

    /// <param name="input">Input of a decision whose position needs no change.</param>
    /// <param name="target">Position wanted.</param>
    /// <param name="current">Position held.</param>
    public static string OfPosition(RiskInput input, decimal target, decimal current)
    {
        var signal = input.Signal;
        if (current != 0 || target != 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the position is where it should be: {current:0.########} of {target:0.########}");
        }

        var why = signal.Reason ?? Numbers(signal);
        return signal.Direction == SignalDirection.Short
            ? $"short wanted, but a spot account holds nothing to sell: {why}"
            : $"no position wanted: {why}";
    }

    private static string Numbers(Signal signal) => string.Create(
        CultureInfo.InvariantCulture, $"{signal.Direction.ToString().ToLowerInvariant()}, score {signal.Score:0.###}, confidence {signal.Confidence:0.##}");
}
