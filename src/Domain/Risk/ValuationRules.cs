using System.Globalization;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Risk;

/// <summary>Checks that equity, the base of sizes and loss limits, reflects the value of the account.</summary>
internal static class ValuationRules
{
    /// <summary>
    /// Requires a recent price for each asset that fees were paid in. Without one equity is too high by the fees and loss
    /// limits trip too late, so only smaller positions are allowed until a price arrives.
    /// </summary>
    public static RuleVerdict FeesValued(RiskContext context, Quantity quantity)
    {
        var limit = context.Limits.MaxValuationAgeMs;
        var oldest = context.Input.Portfolio.FeeAssets.MinBy(fee => fee.PricedAt);
        if (oldest is null)
        {
            return new(new(RiskCodes.UnvaluedFees, true, null, limit));
        }

        var ageMs = oldest.Price is null ? (decimal?)null
            : (decimal)(context.Input.Sample.EventTime - oldest.PricedAt).Ticks / TimeSpan.TicksPerMillisecond;
        var passed = ageMs <= limit;
        var reduces = !passed && context.Reduces(quantity);
        return new(new(RiskCodes.UnvaluedFees, passed || reduces, ageMs, limit, passed ? null : reduces ? "reduces risk" : Words(oldest)));
    }

    private static string Words(FeeAsset fee) => fee.Price is null
        ? string.Create(CultureInfo.InvariantCulture, $"{fee.Uncounted} {fee.Asset} of fees have no price")
        : string.Create(CultureInfo.InvariantCulture, $"the last price of {fee.Asset}, {fee.Price}, is old");
}
