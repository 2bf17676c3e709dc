using System.Globalization;
using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Follows a rule with market orders that nothing checks but the money: no limits, no venue filters. A reversal is two orders,
/// close then open; a position that is open at the end is closed at the last close.
/// </summary>
internal sealed class UncheckedLane : BarLane
{
    private const decimal BasisPoint = 1e-4m;
    private const decimal QuantityMax = 92_233_720_368m;
    private const int PriceDecimals = 8;

    private readonly BarBacktestOptions _options;
    private readonly IBarRule _rule;
    private readonly Quantity _quantity;
    private readonly decimal _feeRate;
    private BarTarget _position = BarTarget.Flat;
    private BarTarget _pending = BarTarget.Stay;
    private BarTarget _lastWanted = BarTarget.Stay;
    private Quantity _held;
    private Bar _decided;

    public UncheckedLane(string strategy, BarBacktestOptions options, BacktestBooks books, IBarRule rule)
        : base(books, options.Exits)
    {
        Strategy = strategy;
        _options = options;
        _rule = rule;
        _quantity = Quantity.FromDecimal(options.Quantity);
        _feeRate = options.FeeBps * BasisPoint;
    }

    public override string Strategy { get; }

    public override IEnumerable<KeyValuePair<string, int>> Refusals => base.Refusals.Concat(_rule.Refusals);

    public override void Finish(in Bar last) => MoveTo(BarTarget.Flat, last.CloseTime, last.Close, in last, ExitReason.EndOfBars);

    protected override void Open(in Bar bar)
    {
        if (_pending != BarTarget.Stay)
        {
            MoveTo(_pending, bar.OpenTime, bar.Open, in _decided, ExitReason.Signal);
            _pending = BarTarget.Stay;
        }
    }

    protected override void Exit(ExitReason reason, Price price, Timestamp time, in Bar bar)
    {
        Exits.Ended();
        // The level was decided at the entry: nothing is lost between decision and order.
        MoveTo(BarTarget.Flat, time, price, bar with { Close = price, OpenTime = time, Interval = TimeSpan.Zero }, reason);
    }

    protected override void Close(in Bar bar)
    {
        var target = _rule.OnBar(in bar);
        if (target == BarTarget.Stay || !Exits.Allows((int)target))
        {
            return;
        }

        if (target == BarTarget.Short && _options.LongOnly)
        {
            if (_lastWanted != BarTarget.Short)
            {
                Refuse(BacktestCodes.LongOnly);
            }

            _lastWanted = target;
            target = BarTarget.Flat;
        }
        else
        {
            _lastWanted = target;
        }

        if (_options.Fill == FillAt.Close)
        {
            MoveTo(target, bar.CloseTime, bar.Close, in bar, ExitReason.Signal);
        }
        else
        {
            (_pending, _decided) = (target, bar);
        }
    }

    private void MoveTo(BarTarget target, Timestamp time, Price price, in Bar decided, ExitReason reason)
    {
        if (target == _position)
        {
            return;
        }

        if (_position != BarTarget.Flat)
        {
            Trade(_position == BarTarget.Long ? Side.Sell : Side.Buy, _held, time, price, in decided, reason);
            _position = BarTarget.Flat;
            Exits.Closed();
        }

        if (target == BarTarget.Flat)
        {
            return;
        }

        var side = target == BarTarget.Long ? Side.Buy : Side.Sell;
        var paid = Slipped(side, price);
        _held = _options.Fraction is { } fraction ? SizeOf(side, fraction, paid, time) : _quantity;
        if (!_held.IsZero)
        {
            Trade(side, _held, time, price, in decided, reason);
            _position = target;
            Exits.Opened((int)target, paid.ToDecimal());
        }
    }

    /// <summary>The fraction of equity, as far as cash or inventory reach.</summary>
    private Quantity SizeOf(Side side, decimal fraction, Price paid, Timestamp time)
    {
        var price = paid.ToDecimal();
        var equity = Books.TradedEquity;
        var payable = side == Side.Buy ? Books.Cash / (price * (1 + _feeRate)) : Books.Base;
        var quantity = Quantity.RoundDown(Math.Clamp(Math.Min(fraction * equity / price, payable), 0, QuantityMax));
        if (quantity.IsZero && Books.Count == 0)
        {
            throw new BacktestException(Text(
                $"{time}: {fraction} of an equity of {equity} and cash of {Books.Cash} buys nothing at {price}: start with more --cash"));
        }

        if (quantity.IsZero)
        {
            Refuse(BacktestCodes.NoFunds);
        }

        return quantity;
    }

    private void Trade(Side side, Quantity wanted, Timestamp time, Price price, in Bar decided, ExitReason reason)
    {
        var paid = Slipped(side, price);
        var inventory = Books.Base;
        if (side == Side.Sell && inventory < wanted.ToDecimal())
        {
            var missing = _options.Base + wanted.ToDecimal() - inventory;
            throw new BacktestException(Text(
                $"{time}: selling {wanted} needs inventory, but there are only {inventory}: start with --base {missing} or more"));
        }

        var notional = paid.Times(wanted);
        var left = Books.Cash + (side == Side.Buy ? -notional : notional) - (notional * _feeRate);
        if (left < 0)
        {
            var does = side == Side.Buy ? "buying" : "selling";
            throw new BacktestException(Text(
                $"{time}: {does} {wanted} at {paid} leaves cash of {left}: start with more --cash, or a smaller --quantity or --fraction"));
        }

        Books.Book(side, wanted, paid, _feeRate, time, decided.Close.ToDecimal(), decided.CloseTime, reason);
    }

    private Price Slipped(Side side, Price price)
    {
        if (_options.SlippageBps == 0)
        {
            return price;
        }

        var share = _options.SlippageBps * BasisPoint;
        return Price.FromDecimal(side == Side.Buy
            ? decimal.Round(price.ToDecimal() * (1 + share), PriceDecimals, MidpointRounding.ToPositiveInfinity)
            : decimal.Round(price.ToDecimal() * (1 - share), PriceDecimals, MidpointRounding.ToZero));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
