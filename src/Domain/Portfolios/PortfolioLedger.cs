using System.Collections.Immutable;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// The books of one portfolio: balances, lots, P&amp;L, fees and the equity curve, all in one quote asset. Counts each fill
/// once, by its number within its execution, or by instrument and trade id if it has none. A balance other than the quote
/// asset has value from the first mark or fill of its instrument on: it becomes a lot at that price. A fee in such an asset
/// is a sale of it at the mark; a fee in an asset without a mark is counted when the first mark arrives. Negative balances
/// are kept, not refused: a fee that the outside paid is owed to it. Invariants: (1) equity = Σ balance × mark over the
/// assets that have one. (2) Equity − initial equity = realised + unrealised − fees. (3) Changes outside the portfolio
/// affect neither.
/// </summary>
public sealed partial class PortfolioLedger
{
    /// <summary>
    /// Number of transfer ids remembered: a repeat is recognised if fewer transfers came after the original. Fills have no
    /// such limit.
    /// </summary>
    public const int TransfersRememberedMax = 1_000;

    /// <summary>Points of the equity curve; the first interval is 1 s and doubles whenever the curve is full.</summary>
    public const int EquityPointsMax = 2_048;

    private const long NanosecondsPerDay = 86_400 * Timestamp.NanosecondsPerSecond;

    private readonly string _portfolio;
    private readonly string _quoteAsset;
    private readonly SortedDictionary<string, Position> _positions = new(StringComparer.Ordinal);
    private readonly EquityCurve _curve;
    private readonly BookedFacts _booked;
    private readonly FeeBook _fees;
    private readonly Balances _balances;
    private OutsideHoldings? _outside;
    private Timestamp _eventTime;
    private decimal _initialEquity;
    private decimal _highWaterMark;
    private decimal _dayStartEquity;
    private long? _day;
    private long _revision;
    private int _fillCount;

    /// <param name="portfolio">Id of the portfolio.</param>
    /// <param name="quoteAsset">Accounting asset.</param>
    /// <param name="initialBalances">Opening balance by asset.</param>
    /// <param name="outside">Rest of the account; null when the whole account belongs to the portfolio.</param>
    public PortfolioLedger(
        string portfolio, string quoteAsset, IReadOnlyDictionary<string, decimal> initialBalances, OutsideHoldings? outside = null)
    {
        _portfolio = portfolio;
        _quoteAsset = quoteAsset;
        _outside = outside;
        _fees = new FeeBook();
        _booked = new BookedFacts();
        _balances = new Balances(initialBalances);
        _balances.Add(quoteAsset, 0);
        _initialEquity = _highWaterMark = _dayStartEquity = _balances.Of(quoteAsset);
        _curve = new EquityCurve();
    }

    private PortfolioLedger(PortfolioState state)
    {
        _portfolio = state.Portfolio;
        _quoteAsset = state.QuoteAsset;
        _eventTime = state.EventTime;
        _balances = new Balances(state.Balances);
        _outside = state.Outside is { } outside ? outside with { Balances = NoAmounts.AddRange(outside.Balances) } : null;
        _fees = new FeeBook(state);
        _booked = new BookedFacts(state);
        _initialEquity = state.InitialEquity;
        _highWaterMark = state.HighWaterMark;
        _dayStartEquity = state.DayStartEquity;
        _day = state.Day;
        _revision = state.Revision;
        _fillCount = state.FillCount;
        _curve = new EquityCurve(state.EquityCurve, state.EquityIntervalMs);
        foreach (var position in state.Positions)
        {
            _positions.Add(position.Instrument.Key, new Position(position));
        }

    }

    /// <summary>Points of the equity curve, oldest first.</summary>
    public IReadOnlyList<EquityPoint> EquityCurve => _curve.Points;

    private static ImmutableSortedDictionary<string, decimal> NoAmounts { get; } =
        ImmutableSortedDictionary.Create<string, decimal>(StringComparer.Ordinal);

    private decimal Equity => _balances.Of(_quoteAsset) + _positions.Values.Sum(position => position.Value);

    public static PortfolioLedger Restore(PortfolioState state) => new(state);

    /// <summary>Books a fill; returns false without any change when it was booked before.</summary>
    /// <exception cref="ArgumentException">The fill belongs to another portfolio, instrument or quote asset.</exception>
    public bool Apply(Fill fill, TradingRules rules)
    {
        if (fill.Portfolio != _portfolio || fill.Instrument != rules.Instrument || rules.QuoteAsset != _quoteAsset)
        {
            throw new ArgumentException(
                $"fill {fill.TradeId} of {fill.Portfolio}/{fill.Instrument} is not of {_portfolio} in {_quoteAsset}",
                nameof(fill));
        }

        if (!_booked.IsNew(fill))
        {
            return false;
        }

        _revision++;
        _eventTime = Later(fill.EventTime);
        if (OwnPart(fill, rules) is { } own)
        {
            Book(own, rules);
        }

        return true;
    }

    /// <summary>Of the portfolio, in the asset itself; zero of one that it does not hold.</summary>
    public decimal BalanceOf(string asset) => _balances.Of(asset);

    /// <summary>
    /// Values the instrument's position at the mid price and updates day start, high-water mark and equity curve.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The price is not positive.</exception>
    public PortfolioSnapshot Mark(InstrumentId instrument, decimal mid, Timestamp eventTime)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mid);
        var position = PositionOf(instrument, BaseAssetOf(instrument));
        if (position.Mark is null)
        {
            ValueInitialBalance(position, mid, eventTime);
        }

        position.MarkAt(mid, eventTime);
        _eventTime = Later(eventTime);
        var equity = Equity;
        var day = _eventTime.UnixNanoseconds / NanosecondsPerDay;
        if (day != _day)
        {
            _dayStartEquity = _day is null ? _dayStartEquity : equity;
            _day = day;
        }

        _highWaterMark = Math.Max(_highWaterMark, equity);
        _curve.Add(_eventTime, equity);
        return Snapshot();
    }

    /// <summary>
    /// Values an asset by the price of a market that the portfolio does not trade, such as BNB for fees. The price is
    /// stamped with the books' own event time: a wrong clock cannot make it older or newer.
    /// </summary>
    /// <returns>False before the first event, which sets that time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The price is not positive.</exception>
    public bool Value(InstrumentId market, decimal price)
    {
        if (!_eventTime.IsKnown)
        {
            return false;
        }

        Mark(market, price, _eventTime);
        return true;
    }

    public PortfolioSnapshot Snapshot() => new()
    {
        Portfolio = _portfolio,
        QuoteAsset = _quoteAsset,
        EventTime = _eventTime,
        Cash = _balances.Of(_quoteAsset),
        Equity = Equity,
        HighWaterMark = _highWaterMark,
        DayStartEquity = _dayStartEquity,
        RealizedPnl = _positions.Values.Sum(position => position.RealizedPnl),
        UnrealizedPnl = _positions.Values.Sum(position => position.UnrealizedPnl),
        Fees = _fees.Total,
        FillCount = _fillCount,
        Positions = [.. _positions.Values.Select(position => position.Snapshot())],
        Balances = _balances.Copy,
        InitialEquity = _initialEquity,
        FeeAssets = _fees.Assets(_positions.Values),
        Outside = _outside,
        Revision = _revision,
    };

    public PortfolioState ToState() => new()
    {
        Portfolio = _portfolio,
        QuoteAsset = _quoteAsset,
        EventTime = _eventTime,
        Balances = _balances.Copy,
        Positions = [.. _positions.Values.Select(position => position.ToState())],
        InitialEquity = _initialEquity,
        HighWaterMark = _highWaterMark,
        DayStartEquity = _dayStartEquity,
        Day = _day,
        Fees = _fees.Total,
        UnvaluedFees = _fees.Uncounted,
        FillCount = _fillCount,
        AppliedFills = _booked.Fills,
        AppliedTransfers = _booked.Transfers,
        BookedTo = _booked.To,
        EquityCurve = [.. _curve.Points],
        EquityIntervalMs = _curve.IntervalMs,
        FeesPaid = _fees.Paid,
        Outside = _outside,
        Revision = _revision,
    };

    private void Book(Fill fill, TradingRules rules)
    {
        var price = fill.Price.ToDecimal();
        var position = PositionOf(fill.Instrument, rules.BaseAsset);
        if (position.Mark is null)
        {
            ValueInitialBalance(position, price, fill.EventTime);
        }

        var signed = fill.Side == Side.Buy ? fill.Quantity.ToDecimal() : -fill.Quantity.ToDecimal();
        Credit(rules.BaseAsset, signed);
        Credit(_quoteAsset, -signed * price);
        position.Trade(signed, price, fill.EventTime);
        PayFee(fill, position, price);
        _fillCount++;
    }

    private void PayFee(Fill fill, Position traded, decimal price)
    {
        if (fill.Fee == 0)
        {
            return;
        }

        Credit(fill.FeeAsset, -fill.Fee);
        if (fill.FeeAsset == _quoteAsset)
        {
            _fees.Count(fill.Fee);
        }
        else if (fill.FeeAsset == traded.BaseAsset)
        {
            traded.Trade(-fill.Fee, price, fill.EventTime);
            _fees.Count(fill.Fee * price);
        }
        else
        {
            var payer = _positions.Values.FirstOrDefault(position => position.BaseAsset == fill.FeeAsset && position.Mark is not null);
            payer?.Trade(-fill.Fee, payer.Mark!.Value, fill.EventTime);
            _fees.Pay(fill.FeeAsset, fill.Fee, payer?.Mark);
        }
    }

    private void ValueInitialBalance(Position position, decimal price, Timestamp eventTime)
    {
        // Another instrument of the same asset may have valued part of the balance already.
        var balance = _balances.Of(position.BaseAsset)
            - _positions.Values.Where(other => other.BaseAsset == position.BaseAsset).Sum(other => other.Quantity);
        position.MarkAt(price, eventTime);
        position.Trade(balance, price, eventTime);
        Begin((balance + _fees.CountAt(position.BaseAsset, price)) * price);
    }

    /// <summary>A transfer moves the base from which profit and loss are measured.</summary>
    private void Begin(decimal worth)
    {
        _initialEquity += worth;
        _highWaterMark += worth;
        _dayStartEquity += worth;
    }

    private Position PositionOf(InstrumentId instrument, string baseAsset)
    {
        if (!_positions.TryGetValue(instrument.Key, out var position))
        {
            position = new Position(instrument, baseAsset);
            _positions.Add(instrument.Key, position);
        }

        return position;
    }

    private string BaseAssetOf(InstrumentId instrument) =>
        _positions.TryGetValue(instrument.Key, out var position) ? position.BaseAsset
        : instrument.Symbol.EndsWith(_quoteAsset, StringComparison.Ordinal) ? instrument.Symbol[..^_quoteAsset.Length]
        : throw new ArgumentException($"{instrument} is not priced in {_quoteAsset}", nameof(instrument));

    private void Credit(string asset, decimal amount) => _balances.Add(asset, amount);

    private Timestamp Later(Timestamp eventTime) => eventTime > _eventTime ? eventTime : _eventTime;
}
