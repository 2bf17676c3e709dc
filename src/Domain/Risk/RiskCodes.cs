using BtcAgent.Domain.Instruments;

namespace BtcAgent.Domain.Risk;

/// <summary>Values of <see cref="RiskCheck.Code"/>; <c>docs/risk.md</c> defines what each measures.</summary>
public static class RiskCodes
{
    public const string DailyLoss = "DAILY_LOSS";
    public const string Drawdown = "DRAWDOWN";
    public const string NoQuote = TradingRuleCodes.NoQuote;
    public const string CrossedBook = "CROSSED_BOOK";
    public const string Halted = "HALTED";
    public const string Reducing = "REDUCING";
    public const string Reconciling = "RECONCILING";
    public const string NotArmed = "NOT_ARMED";
    public const string VenueNotTrading = TradingRuleCodes.NotTrading;
    public const string StaleData = "STALE_DATA";
    public const string BookNotInSync = "BOOK_NOT_IN_SYNC";
    public const string WideSpread = "WIDE_SPREAD";
    public const string OrderInFlight = "ORDER_IN_FLIGHT";
    public const string CoolDown = "COOL_DOWN";
    public const string MaxPosition = "MAX_POSITION";
    public const string MaxOrderNotional = "MAX_ORDER_NOTIONAL";
    public const string InsufficientBalance = "INSUFFICIENT_BALANCE";
    public const string Lot = TradingRuleCodes.Lot;
    public const string MinNotional = TradingRuleCodes.MinNotional;
    public const string PercentPrice = TradingRuleCodes.PercentPrice;
    public const string UnknownInstrument = "UNKNOWN_INSTRUMENT";
    public const string ClockSkew = "CLOCK_SKEW";
    public const string FeedLatency = "FEED_LATENCY";
    public const string PriceTick = TradingRuleCodes.PriceTick;
    public const string MaxNotional = TradingRuleCodes.MaxNotional;
    public const string VenueFilter = TradingRuleCodes.Filter;
    public const string MaxGrossExposure = "MAX_GROSS_EXPOSURE";
    public const string MaxOpenOrders = "MAX_OPEN_ORDERS";
    public const string OrderRate = "ORDER_RATE";
    public const string DuplicateDecision = "DUPLICATE_DECISION";
    public const string FatFinger = "FAT_FINGER";
    public const string ExpectedCost = "EXPECTED_COST";
    public const string ModelTooOld = "MODEL_TOO_OLD";
    public const string OutOfDistribution = "OUT_OF_DISTRIBUTION";
    public const string WeeklyLoss = "WEEKLY_LOSS";
    public const string LosingStreak = "LOSING_STREAK";
    public const string VolatilityRegime = "VOLATILITY_REGIME";
    public const string Liquidity = "LIQUIDITY";
    public const string UnmanagedStop = "UNMANAGED_STOP";
    public const string SystemBreaker = "SYSTEM_BREAKER";
    public const string UnvaluedFees = "UNVALUED_FEES";
}
