using System.Globalization;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Guards a position whose strategy cannot judge it, as after a restart while its windows fill: closes it on a loss beyond
/// the stop.
/// </summary>
internal static class UnmanagedPosition
{
    /// <summary>Null without a position, a stop, or a price to measure the loss.</summary>
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

    private static bool IsNotReady(SignalRefusal refusal) =>
        refusal.Code is SignalGate.ModelNotReady or SignalGate.SentimentUnknown or SignalGate.CalendarUnknown or SignalGate.NotWarm;
}
