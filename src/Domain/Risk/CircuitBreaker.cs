using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Active, Reducing or Halted. Drawdown halts until an operator resumes; a day's loss reduces until the next UTC day.
/// After a resume both are measured from the equity found then, or the breaker would trip on the same loss again.
/// </summary>
internal sealed class CircuitBreaker(RiskLimits limits, RiskState restored)
{
    private const long NanosecondsPerDay = 86_400 * Timestamp.NanosecondsPerSecond;

    private RiskState _state = restored;

    public RiskState State => _state;

    public long Version { get; private set; }

    public void Halt(string reason, Timestamp eventTime) => Move(BreakerMode.Halted, reason, eventTime, null);

    /// <summary>Never loosens a halt.</summary>
    public void Reduce(string reason, Timestamp eventTime)
    {
        if (_state.Breaker.Mode != BreakerMode.Halted)
        {
            Move(BreakerMode.Reducing, reason, eventTime, null);
        }
    }

    /// <returns>False when the breaker was active already.</returns>
    public bool Resume(string reason, Timestamp eventTime)
    {
        if (_state.Breaker.Mode == BreakerMode.Active)
        {
            return false;
        }

        Move(BreakerMode.Active, reason, eventTime, null);
        Set(_state with { RebasePending = true });
        return true;
    }

    public void Ordered(Timestamp eventTime)
    {
        if (_state.LastOrderTime != eventTime)
        {
            Set(_state with { LastOrderTime = eventTime });
        }
    }

    /// <summary>Looks at loss and drawdown, moves the breaker where a limit is passed, and reports both.</summary>
    public void Watch(PortfolioSnapshot portfolio, Timestamp eventTime, List<RiskCheck> checks)
    {
        var day = eventTime.UnixNanoseconds / NanosecondsPerDay;
        Rebase(portfolio.Equity, day);
        if (_state.Breaker.Mode == BreakerMode.Reducing && _state.DailyLossDay < day)
        {
            Move(BreakerMode.Active, "a new UTC day began", eventTime, null);
        }

        var start = _state.RebasedDay == day ? _state.RebasedDayEquity : portfolio.DayStartEquity;
        var loss = Below(portfolio.Equity, start);
        var lossCheck = new RiskCheck(RiskCodes.DailyLoss, loss <= limits.DailyLossLimit, loss, limits.DailyLossLimit);
        checks.Add(lossCheck);

        var drawdown = Below(portfolio.Equity, _state.RebasedHighWaterMark ?? portfolio.HighWaterMark);
        var drawdownCheck = new RiskCheck(
            RiskCodes.Drawdown, drawdown <= limits.MaxDrawdown, drawdown, limits.MaxDrawdown);
        checks.Add(drawdownCheck);

        if (!drawdownCheck.Passed && _state.Breaker.Mode != BreakerMode.Halted)
        {
            Move(BreakerMode.Halted, Reason(drawdownCheck), eventTime, null);
        }
        else if (!lossCheck.Passed && _state.Breaker.Mode == BreakerMode.Active)
        {
            Move(BreakerMode.Reducing, Reason(lossCheck), eventTime, day);
        }
    }

    private void Rebase(decimal equity, long day)
    {
        if (_state.RebasePending)
        {
            Set(_state with
            {
                RebasePending = false,
                RebasedHighWaterMark = equity,
                RebasedDay = day,
                RebasedDayEquity = equity,
            });
        }
        else if (_state.RebasedHighWaterMark is { } mark && equity > mark)
        {
            Set(_state with { RebasedHighWaterMark = equity });
        }
    }

    private void Move(BreakerMode mode, string reason, Timestamp eventTime, long? dailyLossDay) =>
        Set(_state with { Breaker = new BreakerState(mode, reason, eventTime), DailyLossDay = dailyLossDay });

    private void Set(RiskState state)
    {
        _state = state;
        Version++;
    }

    private static decimal Below(decimal equity, decimal from) => from > 0 ? Math.Max(0, 1 - (equity / from)) : 0;

    private static string Reason(RiskCheck check) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{check.Code}: {check.Value:0.0000} is more than {check.Limit:0.0000}");
}
