using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Decides on every signal before it reaches the market: sizes the position, evaluates the rules, moves the breaker. The
/// same inputs in the same order give the same decisions, and a repeated input gives the same order again.
/// </summary>
public sealed partial class RiskEngine
{
    private readonly string _portfolio;
    private readonly SizingOptions _sizing;
    private readonly PlacementOptions? _placement;
    private readonly CircuitBreaker _breaker;
    private RiskLimits _limits;

    /// <param name="portfolio">Id of the portfolio.</param>
    /// <param name="limits">The configured limits.</param>
    /// <param name="sizing">Size of a position.</param>
    /// <param name="restored">State of before a restart.</param>
    /// <param name="placement">Cost of strategies' orders, with fees; null compares no cost but <see cref="RiskLimits.RoundTripFeeBps"/>.</param>
    public RiskEngine(
        string portfolio, RiskLimits limits, SizingOptions sizing, RiskState? restored = null, PlacementOptions? placement = null)
    {
        _portfolio = portfolio;
        _sizing = sizing;
        _placement = placement;
        _limits = LimitBook.InForce(limits, restored ?? RiskState.Initial, out var heldBack);
        HeldBack = heldBack;
        _breaker = new CircuitBreaker(() => _limits, restored ?? RiskState.Initial);
        _breaker.Note(_limits);
    }

    /// <summary>Limits whose configured value would loosen the one in force before the start; it is ignored.</summary>
    public ImmutableArray<string> HeldBack { get; }

    /// <summary>The limits in force; change them only with <see cref="ChangeLimit"/>.</summary>
    public RiskLimits Limits => _limits;

    public BreakerState Breaker => _breaker.State.Breaker;

    /// <summary>Codes of the tripped breakers on the agent's health, in order.</summary>
    public IEnumerable<string> TrippedOnHealth => _breaker.State.SystemTrips.Keys;

    /// <summary>Changes whenever <see cref="ToState"/> would.</summary>
    public long Version => _breaker.Version;

    public RiskState ToState() => _breaker.State;

    /// <summary>Refuses every order until <see cref="Resume"/>.</summary>
    public void Halt(string reason, Timestamp eventTime) => _breaker.Halt(reason, eventTime);

    /// <summary>Allows only smaller positions until <see cref="Resume"/>; does not loosen a halt.</summary>
    public void Reduce(string reason, Timestamp eventTime) => _breaker.Reduce(reason, eventTime);

    /// <returns>False when the breaker was active already.</returns>
    public bool Resume(string reason, Timestamp eventTime) => _breaker.Resume(reason, eventTime);

    /// <summary>Changes a limit immediately and permanently; check <see cref="LimitBook.Problem"/> first.</summary>
    /// <exception cref="ArgumentException">The name is not a limit, or the value is out of range.</exception>
    public LimitChange ChangeLimit(string name, decimal value, string operatorName, string reason, Timestamp time)
    {
        if (LimitBook.Problem(name, value) is { } problem)
        {
            throw new ArgumentException(problem, nameof(name));
        }

        var change = new LimitChange(name, LimitBook.Read(_limits, name), value, operatorName, reason, time);
        _limits = _limits.Copy();
        LimitBook.Write(_limits, name, value);
        _breaker.Change(change, _limits);
        return change;
    }

    /// <summary>Checks loss and drawdown between decisions; <see cref="Breaker"/> shows what they tripped.</summary>
    public void Watch(PortfolioSnapshot snapshot, Timestamp eventTime) => _breaker.Watch(snapshot, eventTime, []);

    /// <summary>Moves the breaker by the agent's health.</summary>
    public void Watch(SystemHealth health, Timestamp eventTime) => _breaker.Watch(health, eventTime);

    /// <summary>
    /// Whether a tripped breaker wants all positions closed: the host closes them, and retries until all are closed.
    /// </summary>
    public bool FlattenPending => _breaker.FlattenPending;

    /// <summary>Ends <see cref="FlattenPending"/>; returns false when nothing was pending.</summary>
    public bool TakeFlatten() => _breaker.TakeFlatten();

    public RiskDecision Assess(RiskInput input)
    {
        var before = _breaker.State;
        var decision = Judge(input);
        return decision.Intent is null && !RiskEvidence.IsSmall(input)
            ? decision
            : decision with { Evidence = RiskEvidence.Of(before, _limits, _sizing, input) with { Placement = _placement } };
    }

    private RiskDecision Judge(RiskInput input)
    {
        var checks = new List<RiskCheck>(RiskRules.OfStrategies.Length + 4);
        _breaker.Watch(input.Portfolio, input.Sample.EventTime, checks);
        var current = input.Portfolio.Position(input.Rules.Instrument)?.Quantity ?? 0;
        if (!input.Signal.IsValid)
        {
            var refusals = string.Join(", ", input.Signal.Refusals.Select(refusal => refusal.Code));
            var held = $"signal refused: {refusals}";
            return UnmanagedPosition.Check(input, _limits) is { } stop
                ? Guard(input, checks, current, stop, held)
                : Decide(input, RiskOutcome.Hold, checks, current, current, held);
        }

        checks.Add(MarketRules.HasQuote(input.Sample));
        checks.Add(MarketRules.NotCrossed(input.Sample));
        if (!checks[^1].Passed || !checks[^2].Passed)
        {
            return Decide(input, RiskOutcome.Rejected, checks, current, current, Failures(checks));
        }

        var target = Target(input);
        if (target is null)
        {
            return Decide(input, RiskOutcome.Hold, checks, current, current, "volatility is not known yet");
        }

        var wanted = input.Rules.RoundDownToLot(Quantity.RoundDown(Math.Abs(target.Value - current)));
        if (wanted.IsZero || !PositionSizer.IsWorthTrading(target.Value, current, _sizing))
        {
            return Decide(input, RiskOutcome.Hold, checks, target.Value, current, WaitingText.OfPosition(input, target.Value, current));
        }

        if (wanted.ToDecimal() * input.Sample.Quote.Mid < input.Rules.MinNotional)
        {
            return Decide(input, RiskOutcome.Hold, checks, target.Value, current, "too small for the venue");
        }

        return Ask(input, checks, target.Value, current, wanted);
    }

    /// <summary>
    /// The strategy cannot judge its position: opens nothing, and closes the position on a loss beyond the stop.
    /// </summary>
    private RiskDecision Guard(RiskInput input, List<RiskCheck> checks, decimal current, RiskCheck stop, string held)
    {
        checks.Add(stop);
        var closing = input.Rules.RoundDownToLot(Quantity.RoundDown(Math.Abs(current)));
        return stop.Passed || closing.IsZero
            ? Decide(input, RiskOutcome.Hold, checks, current, current, $"{held}; until then reduce only: {stop.Detail}")
            : Ask(input, checks, target: 0, current, closing);
    }

    private decimal? Target(RiskInput input)
    {
        var target = PositionSizer.Target(
            input.Signal.Direction,
            input.Portfolio.Equity,
            input.Sample.Quote.Mid,
            input.Sample.VolatilityPerSqrtSecond,
            _sizing,
            input.Signal.Confidence);
        return _limits.AllowShort || target is null ? target : Math.Max(0, target.Value);
    }

    private RiskDecision Ask(RiskInput input, List<RiskCheck> checks, decimal target, decimal current, Quantity wanted)
    {
        var first = checks.Count;
        var quantity = wanted;
        var side = target > current ? Side.Buy : Side.Sell;
        var context = new RiskContext(input, _limits, Breaker, _breaker.State.LastOrderTime, current, side)
        {
            ClientOrderId = IdOf(input).ClientOrderId(0),
            OrdersThisMinute = _breaker.OrdersIn(input.Sample.EventTime),
            Placement = _placement,
        };
        foreach (var ask in RiskRules.OfStrategies.Select(rule => rule.Ask!).Append(_breaker.SystemHealthy))
        {
            var verdict = ask(context, quantity);
            checks.Add(verdict.Check);
            quantity = verdict.Clipped ?? quantity;
        }

        var failed = checks.Skip(first).Where(check => !check.Passed).ToArray();
        if (failed.Length > 0)
        {
            return failed is [{ Code: RiskCodes.ExpectedCost } cost]
                ? Decide(input, RiskOutcome.Hold, checks, target, current, WaitingText.OfCost(cost))
                : Decide(input, RiskOutcome.Rejected, checks, target, current, Failures(failed));
        }

        _breaker.Ordered(input.Sample.EventTime);
        var intent = IntentOf(context, quantity);
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{intent.Side} {quantity} {input.Rules.BaseAsset} at about {intent.ReferencePrice:0.########}");
        return Decide(input, RiskOutcome.Approved, checks, target, current, summary) with { Intent = intent };
    }

    private OrderIntent IntentOf(RiskContext context, Quantity quantity) => new()
    {
        ClientOrderId = context.ClientOrderId,
        Decision = IdOf(context.Input),
        Strategy = context.Input.Signal.Strategy,
        Portfolio = _portfolio,
        Instrument = context.Input.Rules.Instrument,
        Side = context.Side,
        Type = OrderType.Market,
        TimeInForce = TimeInForce.ImmediateOrCancel,
        Quantity = quantity,
        EventTime = context.Input.Sample.EventTime,
        ReferencePrice = context.Mid,
        ReducesRisk = context.Reduces(quantity),
    };

    private RiskDecision Decide(
        RiskInput input,
        RiskOutcome outcome,
        List<RiskCheck> checks,
        decimal target,
        decimal current,
        string summary) => new()
        {
            Decision = IdOf(input),
            Outcome = outcome,
            Checks = [.. checks],
            TargetPosition = target,
            CurrentPosition = current,
            Breaker = Breaker,
            Summary = summary,
        };

    private DecisionId IdOf(RiskInput input) =>
        DecisionId.From(_portfolio, input.Signal.Strategy, input.Signal.Instrument, input.Sample.EventTime);

    private static string Failures(IEnumerable<RiskCheck> checks) => "refused: " + string.Join(
        ", ", checks.Where(check => !check.Passed).Select(check => check.Code));
}
