using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Indicators;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Takes each bar through the agent's trading core: features, signal, sizing, risk, venue filters, paper order, ledger.
/// <list type="number">
/// <item>A decision has the bar's last millisecond as its time, so that it belongs to the day that the bar covers.</item>
/// <item>A day begins with the open of its first bar, which marks the portfolio for the loss limits of day and week.</item>
/// <item>An order meets one price, that of the close or of the next open, with slippage and rounded to the tick against it. The
/// quantity there is unlimited: bars do not show the book.</item>
/// <item>A buy that the cash no longer covers at that price ends without a fill, as it would at the venue.</item>
/// </list>
/// </summary>
internal sealed class CheckedLane : BarLane, IDisposable
{
    /// <summary>Bars of the volatility that sizing and limits use.</summary>
    public const int VolatilityBars = 60;

    /// <summary>Least price in ticks: with fewer, the filters belong to another instrument.</summary>
    private const int TicksMin = 100;

    private const decimal BasisPoint = 1e-4m;
    private static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(1);

    private readonly CheckedBarOptions _options;
    private readonly TradingRules _rules;
    private readonly BarAccount _account;
    private readonly BarFeaturePipeline _pipeline;
    private readonly WatchedModel _model;
    private readonly TradingLane _lane;
    private readonly RollingMoments _returns = new(VolatilityBars);
    private readonly Func<IReadOnlyList<Order>> _openOrders;
    private readonly Action<Decision> _decided;
    private readonly double _seconds;
    private Price _lastClose;
    private ExitReason _reason;
    private OrderIntent? _met;
    private long _day = -1;
    private long _book;

    /// <param name="options">Money, costs and rules.</param>
    /// <param name="account">The account of all lanes.</param>
    /// <param name="risk">Risk of the portfolio, shared by all lanes.</param>
    /// <param name="input">Instrument and strategy.</param>
    /// <param name="openOrders">Open orders of all lanes.</param>
    /// <param name="decided">Receives each decision.</param>
    public CheckedLane(
        CheckedBarOptions options,
        BarAccount account,
        RiskEngine risk,
        CheckedBarInput input,
        Func<IReadOnlyList<Order>> openOrders,
        Action<Decision> decided)
        : base(new BacktestBooks(account, input.Rules), options.Exits)
    {
        (_options, _rules, _account, _openOrders, _decided) = (options, input.Rules, account, openOrders, decided);
        _pipeline = new BarFeaturePipeline(input.Interval);
        _seconds = input.Interval.TotalSeconds;
        _model = new WatchedModel(input.CreateModel(_pipeline.Schema), Exits);
        var paper = new PaperOptions { LatencyMs = 0, MakerFeeBps = options.FeeBps, TakerFeeBps = options.FeeBps };
        _lane = new TradingLane(
            new SignalEngine(_rules.Instrument, "backtest", _model, options.Signals),
            risk,
            new PaperExecution(BarAccount.Portfolio, _rules, paper),
            account.Ledger);
    }

    public override string Strategy => _model.Id;

    public int Orders { get; private set; }

    public IReadOnlyList<Order> OpenOrders => _lane.Execution.OpenOrders;

    /// <summary>The position stays open, valued at the last close, as on a tape.</summary>
    public override void Finish(in Bar last)
    {
    }

    public void Dispose() => _model.Dispose();

    protected override void Open(in Bar bar)
    {
        var day = bar.OpenTime.UnixNanoseconds / (86_400 * Timestamp.NanosecondsPerSecond);
        if (day != _day)
        {
            _day = day;
            Check(bar.Open);
            _lane.Risk.Watch(_account.Ledger.Mark(_rules.Instrument, bar.Open.ToDecimal(), bar.OpenTime), bar.OpenTime);
        }

        Meet(bar.Open, bar.OpenTime);
    }

    protected override void Exit(ExitReason reason, Price price, Timestamp time, in Bar bar)
    {
        Exits.Ended();
        _reason = reason;
        _model.IsExiting = true;
        Decide(SampleAt(price, bar.Volume, time) with { ClosedBars = [] });
        _model.IsExiting = false;
        Meet(price, time);
    }

    protected override void Close(in Bar bar)
    {
        if (!_lastClose.IsZero)
        {
            _returns.Add(Math.Log(bar.Close.ToDouble() / _lastClose.ToDouble()));
        }

        _lastClose = bar.Close;
        if (!_pipeline.Apply(in bar))
        {
            // An empty bar has no sample, but the strategy reads every bar.
            _model.OnBar(in bar);
            return;
        }

        var time = bar.CloseTime - LastMoment;
        Decide(SampleAt(bar.Close, bar.Volume, time));
        if (_options.Fill == FillAt.Close)
        {
            Meet(bar.Close, time);
        }
    }

    /// <summary>Bars have no quote: it is the price, with the narrowest spread that exists.</summary>
    private FeatureSample SampleAt(Price price, Quantity volume, Timestamp time)
    {
        var quote = new Quote(Price.FromUnits(price.Units - 1), volume, Price.FromUnits(price.Units + 1), volume);
        return _pipeline.Sample(_rules.Instrument, in quote) with
        {
            EventTime = time,
            ReceiveTime = time,
            LastEventTime = time,
            BookInSync = true,
            VolatilityPerSqrtSecond = _returns.StandardDeviation / Math.Sqrt(_seconds),
        };
    }

    private void Decide(FeatureSample sample)
    {
        var decision = _lane.Decide(BarAccount.Portfolio, _rules, sample, _openOrders(), Note);
        _decided(decision);
        Count(decision);
        Orders += decision.Risk.Intent is null ? 0 : 1;
    }

    /// <summary>Shows the waiting order the one price that it can meet.</summary>
    private void Meet(Price price, Timestamp time)
    {
        if (_lane.Execution.OpenOrders is not [var order, ..])
        {
            return;
        }

        _met = order.Intent;
        var buys = _met.Side == Side.Buy;
        var paid = Paid(price, buys);
        var cost = paid.Times(order.RemainingQuantity) * (1 + (_options.FeeBps * BasisPoint));
        if (buys && cost > _account.Cash)
        {
            _lane.Execution.CancelNow([order], $"{RiskCodes.InsufficientBalance}: {cost} is needed at {paid}");
        }

        var snapshot = new MarketEvent
        {
            Kind = MarketEventKind.BookSnapshot,
            LastId = ++_book,
            EventTime = time,
            ReceiveTime = time,
            BidCount = buys ? 0 : 1,
            AskCount = buys ? 1 : 0,
        };
        ReadOnlySpan<PriceLevel> levels = [new PriceLevel(paid, Quantity.FromUnits(long.MaxValue))];
        _lane.Execution.OnFeedReset();
        _lane.Execution.OnMarket(in snapshot, levels);
        // The order arrives at the book with the event after it.
        _lane.Execution.OnMarket(in snapshot, levels);
        foreach (var ended in TradingLane.Book(_lane.Execution, _account.Ledger, _rules, Note))
        {
            if (ended is { IsOpen: false, RemainingQuantity.IsZero: false, Reason: { } why })
            {
                Refuse(why.Split(':')[0]);
            }
        }

        Follow();
    }

    /// <summary>Watches the position that the fills have left.</summary>
    private void Follow()
    {
        var position = _account.Ledger.Snapshot().Position(_rules.Instrument);
        var held = Quantity.RoundDown(Math.Abs(position?.Quantity ?? 0));
        if (_rules.RoundDownToLot(held).IsZero)
        {
            Exits.Closed();
            _reason = ExitReason.Signal;
        }
        else if (_reason == ExitReason.Signal)
        {
            Exits.Opened(Math.Sign(position!.Quantity), position.AveragePrice ?? position.MarkPrice ?? 0);
        }
    }

    private void Note(Fill fill)
    {
        _account.Refresh();
        var closes = fill.Side == Side.Sell ? Books.TradedAmount > 0 : Books.TradedAmount < 0;
        Books.Note(
            fill, _met?.ReferencePrice ?? fill.Price.ToDecimal(), _met?.EventTime ?? fill.EventTime, closes ? _reason : ExitReason.Signal);
    }

    private Price Paid(Price price, bool buys)
    {
        var tick = Math.Max(1, _rules.TickSize.Units);
        var slipped = price.ToDecimal() * (buys ? 1 + (_options.SlippageBps * BasisPoint) : 1 - (_options.SlippageBps * BasisPoint));
        var ticks = slipped * Price.UnitsPerWhole / tick;
        return Price.FromUnits((long)(buys ? Math.Ceiling(ticks) : Math.Floor(ticks)) * tick);
    }

    private void Check(Price price)
    {
        if (price.Units < TicksMin * _rules.TickSize.Units)
        {
            throw new BacktestException(
                $"the price of {_rules.Instrument} is {price}, less than {TicksMin} ticks of {_rules.TickSize}: give its own venue filters");
        }
    }
}
