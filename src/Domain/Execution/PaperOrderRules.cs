using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Domain.Execution;

/// <summary>What the paper venue refuses, as the real one would; named by the filter.</summary>
internal static class PaperOrderRules
{
    public static string? Refusal(OrderIntent intent, TradingRules rules, Quote top)
    {
        if (!rules.IsTrading)
        {
            return $"{RiskCodes.VenueNotTrading}: {rules.Instrument} is not trading";
        }

        if (intent.Type != OrderType.Market && intent.LimitPrice is not { IsZero: false })
        {
            return "PRICE: a limit order needs a limit price above zero";
        }

        if (intent.LimitPrice is { } limit && limit.RoundDownToTick(rules.TickSize) != limit)
        {
            return $"PRICE: {limit} is not a multiple of the tick {rules.TickSize}";
        }

        var lot = VenueRules.Lot(rules, intent.Quantity);
        if (!lot.Passed)
        {
            return $"{lot.Code}: {intent.Quantity} is not a multiple of {rules.LotSize} in {rules.MinQuantity}…{rules.MaxQuantity}";
        }

        var reference = top.IsTwoSided ? top.Mid : intent.ReferencePrice;
        var price = intent.LimitPrice?.ToDecimal() ?? reference;
        var notional = VenueRules.MinNotional(rules, intent.Quantity, price);
        if (!notional.Passed)
        {
            return $"{notional.Code}: {notional.Value} is less than {notional.Limit}";
        }

        var percent = VenueRules.PercentPrice(rules, price, reference);
        return percent.Passed ? null : $"{percent.Code}: {price} is beyond {percent.Limit}";
    }
}
