using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Estimates the return of a policy on a column of probabilities, in double precision and a few nanoseconds a row, to compare
/// the thousands of policies that a training tries. Reported and traded results come from the ledger.
/// <para>
/// It ignores: compounding and the size of the position (each return is a fraction of the position); that a held position grows
/// and shrinks with the price (each row's return counts on the same stake); that the closing cost is paid on the closing price;
/// lots, cash and inventory. Of one round trip with row returns r₁…rₙ, S = Σ|rᵢ| and cost c a side it is within e^S − 1 − S +
/// c·(e^S − 1) of the ledger's net profit over the entry's notional: at 10 bps a side 0.0053 of it where prices move 10 % in
/// all, 0.00006 where they move 1 %.
/// </para>
/// </summary>
public static class QuickEstimate
{
    private const double BasisPoint = 1e-4;

    /// <summary>
    /// Return of each row's position up to the next row, as a fraction of the position, less the cost of changing it. A
    /// position wanted at one row is held from the next on; a position held at the last row is closed there.
    /// </summary>
    /// <param name="prices">One price per row.</param>
    /// <param name="probabilities">One per row; NaN if the model gives none, so that no position is wanted.</param>
    /// <param name="policy">Policy for all rows.</param>
    /// <param name="costBps">Fee and slippage of one side, in basis points of the position.</param>
    public static double[] Returns(
        ReadOnlySpan<double> prices, ReadOnlySpan<double> probabilities, TradingPolicy policy, double costBps)
    {
        if (prices.Length != probabilities.Length)
        {
            throw new ArgumentException($"{prices.Length} prices for {probabilities.Length} probabilities", nameof(prices));
        }

        var returns = new double[probabilities.Length];
        SignalDirection wanted = SignalDirection.Flat, held = SignalDirection.Flat;
        for (var i = 0; i + 1 < probabilities.Length; i++)
        {
            returns[i] -= Math.Abs((int)wanted - (int)held) * costBps * BasisPoint;
            held = wanted;
            returns[i] += (int)held * ((prices[i + 1] / prices[i]) - 1);
            wanted = policy.Next(wanted, probabilities[i]);
        }

        if (returns.Length > 0)
        {
            returns[^1] -= Math.Abs((int)held) * costBps * BasisPoint;
        }

        return returns;
    }
}
