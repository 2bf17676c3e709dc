using System.Globalization;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Guards a position whose strategy cannot judge it, as after a restart while its windows fill: a loss beyond the stop closes it.
/// </summary>
internal static class UnmanagedPosition
{
    /// <summary>Null when there is nothing to guard, no stop, or no price to measure by.</summary>
    public static RiskCheck? Check(RiskInput input, RiskLimits limits)
    {
        var quote = input.Sample.Quote;
        if (limits.UnmanagedStopBps is not { } stop || !input.Signal.Refusals.Any(IsNotReady) || !quote.IsTwoSided || quote.IsCrossed
            || input.Portfolio.Position(input.Rules.Instrument) is not { Quantity: not 0, AveragePrice: > 0 and { } entry } position)
        {
            return null;
        }

        var loss = Math.Sign(position.Quantity) * (entry - quote.Mid) / entry * 10_000;
        var detail = string.Create(CultureInfo.InvariantCulture, $"the position has lost {loss:0.#} bps and is closed beyond {stop:0.#}");
        return new RiskCheck(RiskCodes.UnmanagedStop, loss <= stop, loss, stop, detail);
    }

    private static bool IsNotReady(SignalRefusal refusal) => refusal.Code is SignalGate.ModelNotReady or SignalGate.NotWarm;
}
