using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// The breaker of a portfolio: Active, Reducing or Halted. A drawdown halts until an operator resumes; a daily loss allows
/// only reducing orders until the next UTC day. After a resume both are measured from the equity at that moment, or the
/// breaker would trip on the same loss again.
/// </summary>
internal sealed class CircuitBreaker(Func<RiskLimits> limitsInForce, RiskState restored)
{
    private const long NanosecondsPerDay = 86_400 * Timestamp.NanosecondsPerSecond;

    private const long NanosecondsPerMinute = 60 * Timestamp.NanosecondsPerSecond;

    /// <summary>1970-01-01 was a Thursday.</summary>
    private const long DaysFromMonday = 3;

    private RiskState _state = restored;

    public RiskState State => _state;

    private RiskLimits Limits => limitsInForce();

    public long Version { get; private set; }

    public void Halt(string reason, Timestamp eventTime) => Move(BreakerMode.Halted, reason, eventTime, BreakerCause.Command);

    /// <summary>Never loosens a halt.</summary>
    public void Reduce(string reason, Timestamp eventTime)
    {
        if (_state.Breaker.Mode != BreakerMode.Halted)
        {
            Move(BreakerMode.Reducing, reason, eventTime, BreakerCause.Command);
        }
    }

    /// <returns>False when the breaker was active already.</returns>
    public bool Resume(string reason, Timestamp eventTime)
    {
        if (_state.Breaker.Mode == BreakerMode.Active)
        {
            return false;
        }

        Move(BreakerMode.Active, reason, eventTime, BreakerCause.Command);
        Set(_state with { RebasePending = true, FlattenPending = false });
        return true;
    }

    public int OrdersIn(Timestamp eventTime) =>
        _state.OrderMinute == eventTime.UnixNanoseconds / NanosecondsPerMinute ? _state.OrdersThisMinute : 0;

    /// <summary>True until the host has closed all positions, or an operator resumed.</summary>
    public bool FlattenPending => _state.FlattenPending;

    /// <summary>
    /// Ends the pending flatten, after the positions are closed or when they must stay; returns false when none was
    /// pending.
    /// </summary>
    public bool TakeFlatten()
    {
        if (!_state.FlattenPending)
        {
            return false;
        }

        Set(_state with { FlattenPending = false });
        return true;
    }

    public void Change(LimitChange change, RiskLimits inForce) =>
        Set(_state with { Changes = [.. _state.Changes.TakeLast(199), change], Limits = LimitBook.Values(inForce) });

    /// <summary>Records the limits in force after a start.</summary>
    public void Note(RiskLimits inForce)
    {
        var values = LimitBook.Values(inForce);
        if (!values.SequenceEqual(_state.Limits))
        {
            Set(_state with { Limits = values });
        }
    }

    /// <summary>Moves the breaker by the agent's health.</summary>
    public void Watch(SystemHealth health, Timestamp now)
    {
        var trips = SystemBreakers.Watch(_state.SystemTrips, health, Limits.System, TimeSpan.FromMinutes(Limits.CoolOffMinutes), now);
        if (ReferenceEquals(trips, _state.SystemTrips))
        {
            return;
        }

        var detail = SystemBreakers.Describe(trips, health, Limits.System);
        var reason = $"{RiskCodes.SystemBreaker}: {detail}";
        var grew = trips.Count > _state.SystemTrips.Count;
        Set(_state with { SystemTrips = trips, SystemDetail = detail });
        switch (Limits.System.Action)
        {
            case BreakerAction.Halt when grew:
                Move(BreakerMode.Halted, reason, now, BreakerCause.Health);
                break;
            case BreakerAction.Flatten when grew:
                Move(BreakerMode.Halted, reason, now, BreakerCause.Health);
                Set(_state with { FlattenPending = true });
                break;
            case BreakerAction.Reduce when grew && _state.Breaker.Mode == BreakerMode.Active:
                Move(BreakerMode.Reducing, reason, now, BreakerCause.Health);
                break;
            case BreakerAction.Reduce when trips.IsEmpty && _state.Breaker.Mode == BreakerMode.Reducing && Cause == BreakerCause.Health:
                Move(BreakerMode.Active, "the agent's health is back within its limits", now, BreakerCause.Recovery);
                break;
        }
    }

    /// <summary>Refuses orders that add risk while a breaker with action Deny is tripped.</summary>
    public RuleVerdict SystemHealthy(RiskContext context, Quantity quantity)
    {
        var denies = Limits.System.Action == BreakerAction.Deny && !_state.SystemTrips.IsEmpty;
        var passed = !denies || context.Reduces(quantity);
        return new(new(RiskCodes.SystemBreaker, passed, _state.SystemTrips.Count, 0, denies ? _state.SystemDetail : null));
    }

    public void Ordered(Timestamp eventTime)
    {
        if (_state.LastOrderTime != eventTime)
        {
            var minute = eventTime.UnixNanoseconds / NanosecondsPerMinute;
            Set(_state with { OrderMinute = minute, OrdersThisMinute = OrdersIn(eventTime) + 1 });
        }

        if (_state.LastOrderTime != eventTime)
        {
            Set(_state with { LastOrderTime = eventTime });
        }
    }

    /// <summary>Checks losses, losing streak and drawdown, and moves the breaker when one exceeds its limit.</summary>
    public void Watch(PortfolioSnapshot portfolio, Timestamp eventTime, List<RiskCheck> checks)
    {
        var day = eventTime.UnixNanoseconds / NanosecondsPerDay;
        Rebase(portfolio.Equity, day);
        var week = (day + DaysFromMonday) / 7;
        if (_state.Week != week)
        {
            Set(_state with { Week = week, WeekStartEquity = portfolio.Equity });
        }

        EndExpired(day, week, eventTime);
        CountStreak(portfolio.RealizedPnl);

        var start = _state.RebasedDay == day ? _state.RebasedDayEquity : portfolio.DayStartEquity;
        var loss = Below(portfolio.Equity, start);
        var lossCheck = new RiskCheck(RiskCodes.DailyLoss, loss <= Limits.DailyLossLimit, loss, Limits.DailyLossLimit);
        checks.Add(lossCheck);

        var weekly = Below(portfolio.Equity, _state.WeekStartEquity);
        var weeklyCheck = new RiskCheck(RiskCodes.WeeklyLoss, weekly <= Limits.WeeklyLossLimit, weekly, Limits.WeeklyLossLimit);
        checks.Add(weeklyCheck);

        var streakCheck = new RiskCheck(
            RiskCodes.LosingStreak, !(_state.LosingStreak > Limits.MaxLosingStreak), _state.LosingStreak, Limits.MaxLosingStreak);
        checks.Add(streakCheck);

        var drawdown = Below(portfolio.Equity, _state.RebasedHighWaterMark ?? portfolio.HighWaterMark);
        var drawdownCheck = new RiskCheck(
            RiskCodes.Drawdown, drawdown <= Limits.MaxDrawdown, drawdown, Limits.MaxDrawdown);
        checks.Add(drawdownCheck);

        if (!drawdownCheck.Passed && _state.Breaker.Mode != BreakerMode.Halted)
        {
            Move(BreakerMode.Halted, Reason(drawdownCheck), eventTime, BreakerCause.Drawdown);
            Set(_state with { FlattenPending = Limits.FlattenOnDrawdown });
        }
        else if (!weeklyCheck.Passed && _state.Breaker.Mode == BreakerMode.Active)
        {
            Move(BreakerMode.Reducing, Reason(weeklyCheck), eventTime, BreakerCause.WeeklyLoss);
            Set(_state with { WeeklyLossWeek = week });
        }
        else if (!lossCheck.Passed && _state.Breaker.Mode == BreakerMode.Active)
        {
            Move(BreakerMode.Reducing, Reason(lossCheck), eventTime, BreakerCause.DailyLoss);
            Set(_state with { DailyLossDay = day });
        }
        else if (!streakCheck.Passed && _state.Breaker.Mode == BreakerMode.Active)
        {
            Move(BreakerMode.Reducing, Reason(streakCheck), eventTime, BreakerCause.LosingStreak);
            Set(_state with { LosingStreak = 0, StreakUntil = eventTime + TimeSpan.FromMinutes(Limits.CoolOffMinutes) });
        }
    }

    /// <summary>Ends a reduction that lasts only for a day, a week or a cool-off.</summary>
    private void EndExpired(long day, long week, Timestamp eventTime)
    {
        if (_state.Breaker.Mode != BreakerMode.Reducing)
        {
            return;
        }

        if (_state.DailyLossDay < day)
        {
            Move(BreakerMode.Active, "a new UTC day began", eventTime, BreakerCause.Recovery);
        }
        else if (_state.WeeklyLossWeek < week)
        {
            Move(BreakerMode.Active, "a new UTC week began", eventTime, BreakerCause.Recovery);
        }
        else if (_state.StreakUntil is { } until
            && (until <= eventTime || until - eventTime > TimeSpan.FromMinutes(Limits.CoolOffMinutes))) // The clock was set back.
        {
            Move(BreakerMode.Active, "the cool-off after a losing streak is over", eventTime, BreakerCause.Recovery);
        }
    }

    /// <summary>Counts each fall of the realised profit as a losing close, each rise as a winning one.</summary>
    private void CountStreak(decimal realizedPnl)
    {
        if (_state.RealizedPnl == realizedPnl)
        {
            return;
        }

        var streak = _state.RealizedPnl is not { } before ? 0 : realizedPnl < before ? _state.LosingStreak + 1 : 0;
        Set(_state with { RealizedPnl = realizedPnl, LosingStreak = streak });
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
                WeekStartEquity = equity,
                LosingStreak = 0,
            });
        }
        else if (_state.RebasedHighWaterMark is { } mark && equity > mark)
        {
            Set(_state with { RebasedHighWaterMark = equity });
        }
    }

    /// <summary>
    /// Stored states without a cause have the health breaker's code in their reason when it was the cause.
    /// </summary>
    private BreakerCause Cause => _state.Cause
        ?? (_state.Breaker.Reason.StartsWith(RiskCodes.SystemBreaker, StringComparison.Ordinal) ? BreakerCause.Health : BreakerCause.Command);

    private void Move(BreakerMode mode, string reason, Timestamp eventTime, BreakerCause cause) => Set(_state with
    {
        Breaker = new BreakerState(mode, reason, eventTime),
        Cause = cause,
        DailyLossDay = null,
        WeeklyLossWeek = null,
        StreakUntil = null,
    });

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
