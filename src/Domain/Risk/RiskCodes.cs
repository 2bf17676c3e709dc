namespace BtcAgent.Domain.Risk;

/// <summary>Codes of <see cref="RiskCheck.Code"/>; what each measures stands in <c>docs/risk.md</c>.</summary>
public static class RiskCodes
{
    public const string DailyLoss = "DAILY_LOSS";
    public const string Drawdown = "DRAWDOWN";
    public const string NoQuote = "NO_QUOTE";
    public const string CrossedBook = "CROSSED_BOOK";
    public const string Halted = "HALTED";
    public const string Reducing = "REDUCING";
    public const string Reconciling = "RECONCILING";
    public const string NotArmed = "NOT_ARMED";
    public const string VenueNotTrading = "VENUE_NOT_TRADING";
    public const string StaleData = "STALE_DATA";
    public const string BookNotInSync = "BOOK_NOT_IN_SYNC";
    public const string WideSpread = "WIDE_SPREAD";
    public const string OrderInFlight = "ORDER_IN_FLIGHT";
    public const string CoolDown = "COOL_DOWN";
    public const string MaxPosition = "MAX_POSITION";
    public const string MaxOrderNotional = "MAX_ORDER_NOTIONAL";
    public const string InsufficientBalance = "INSUFFICIENT_BALANCE";
    public const string Lot = "LOT";
    public const string MinNotional = "MIN_NOTIONAL";
    public const string PercentPrice = "PERCENT_PRICE";
}
