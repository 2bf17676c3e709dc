using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// Divides a fill of an order that a person placed in the account. It belongs to the outside as far as the outside can pay
/// for it; the rest is booked in the portfolio, but never more than the portfolio has, because a spot account cannot go
/// short.
/// </summary>
internal static class HandTrade
{
    /// <param name="fill">Fill of a manual order.</param>
    /// <param name="rules">Rules of its instrument.</param>
    /// <param name="outside">The outside holdings before the fill.</param>
    /// <param name="ownBalance">The portfolio's balance of the asset that the fill spends.</param>
    /// <returns>The portfolio's part, or null, and the outside holdings after their part.</returns>
    public static (Fill? Own, OutsideHoldings Outside) Divide(Fill fill, TradingRules rules, OutsideHoldings outside, decimal ownBalance)
    {
        var price = fill.Price.ToDecimal();
        var spent = fill.Side == Side.Buy ? rules.QuoteAsset : rules.BaseAsset;
        var perUnit = fill.Side == Side.Buy ? price : 1;
        var payable = Quantity.Min(fill.Quantity, Payable(outside.Of(spent), perUnit, fill.Quantity));
        var own = Quantity.Min(fill.Quantity - payable, Payable(ownBalance, perUnit, fill.Quantity));
        var theirs = (fill.Quantity - own).ToDecimal();
        var ownFee = own.IsZero ? 0 : decimal.Round(fill.Fee * (own.ToDecimal() / fill.Quantity.ToDecimal()), 8);
        var signed = fill.Side == Side.Buy ? theirs : -theirs;
        var after = outside
            .Add(rules.BaseAsset, signed)
            .Add(rules.QuoteAsset, -signed * price)
            .Add(fill.FeeAsset, -(fill.Fee - ownFee));
        return (own.IsZero ? null : fill with { Quantity = own, Fee = ownFee }, after);
    }

    /// <summary>The part of the quantity that the balance pays for.</summary>
    private static Quantity Payable(decimal balance, decimal perUnit, Quantity quantity) =>
        balance >= quantity.ToDecimal() * perUnit ? quantity : Quantity.RoundDown(balance / perUnit);
}
