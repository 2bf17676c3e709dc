using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// The books of one portfolio: balances, lots, P&amp;L, fees and the equity curve, all in one quote asset.
/// Each fill counts once, by its number among those of its execution, without one by instrument and trade id. A balance other than quote asset has worth from the first mark
/// (or
/// fill) of its instrument on: it becomes a lot at that price. A fee in such an asset is a sale of it at the mark; a
/// fee
/// in an asset that has no mark yet is counted when it gets one. Negative balances are kept, not refused.
/// </summary>
public sealed class PortfolioLedger
{
    /// <summary>
    /// Transfers remembered for idempotence: a repeat is recognised while fewer than these came after it. Fills have no such limit.
    /// </summary>
    public const int TransfersRememberedMax = 1_000;

    /// <summary>Points of the equity curve; the first interval is 1 s and doubles whenever the curve is full.</summary>
    public const int EquityPointsMax = 2_048;

    private const long NanosecondsPerDay = 86_400 * Timestamp.NanosecondsPerSecond;

    private readonly string _portfolio;
    private readonly string _quoteAsset;
    private readonly SortedDictionary<string, Position> _positions = new(StringComparer.Ordinal);
    private readonly EquityCurve _curve;
    private readonly HashSet<string> _applied = new(StringComparer.Ordinal);
    private readonly Queue<string> _transfersInOrder = new();
    private readonly HashSet<string> _transfers = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, long> _bookedTo = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, decimal> _balances;
    private ImmutableSortedDictionary<string, decimal> _unvaluedFees = NoAmounts;
    private Timestamp _eventTime;
    private decimal _initialEquity;
    private decimal _highWaterMark;
    private decimal _dayStartEquity;
    private long? _day;
    private decimal _fees;
    private int _fillCount;

    public PortfolioLedger(string portfolio, string quoteAsset, IReadOnlyDictionary<string, decimal> initialBalances)
    {
        _portfolio = portfolio;
        _quoteAsset = quoteAsset;
        _balances = NoAmounts.AddRange(initialBalances);
        _balances = _balances.SetItem(quoteAsset, _balances.GetValueOrDefault(quoteAsset));
        _initialEquity = _highWaterMark = _dayStartEquity = _balances[quoteAsset];
        _curve = new EquityCurve();
    }

    private PortfolioLedger(PortfolioState state)
    {
        _portfolio = state.Portfolio;
        _quoteAsset = state.QuoteAsset;
        _eventTime = state.EventTime;
        _balances = NoAmounts.AddRange(state.Balances);
        _unvaluedFees = NoAmounts.AddRange(state.UnvaluedFees);
        _initialEquity = state.InitialEquity;
        _highWaterMark = state.HighWaterMark;
        _dayStartEquity = state.DayStartEquity;
        _day = state.Day;
        _fees = state.Fees;
        _fillCount = state.FillCount;
        _curve = new EquityCurve(state.EquityCurve, state.EquityIntervalMs);
        foreach (var position in state.Positions)
        {
            _positions.Add(position.Instrument.Key, new Position(position));
        }

        _applied.UnionWith(state.AppliedFills);
        _bookedTo = _bookedTo.AddRange(state.BookedTo);
        foreach (var id in state.AppliedTransfers)
        {
            RememberTransfer(id);
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<EquityPoint> EquityCurve => _curve.Points;

    private static ImmutableSortedDictionary<string, decimal> NoAmounts { get; } =
        ImmutableSortedDictionary.Create<string, decimal>(StringComparer.Ordinal);

    private decimal Equity => _balances[_quoteAsset] + _positions.Values.Sum(position => position.Value);

    public static PortfolioLedger Restore(PortfolioState state) => new(state);

    /// <summary>False when the fill was applied before; nothing has changed then.</summary>
    /// <exception cref="ArgumentException">The fill is of another portfolio or instrument, or of another quote
    /// asset.</exception>
    public bool Apply(Fill fill, TradingRules rules)
    {
        if (fill.Portfolio != _portfolio || fill.Instrument != rules.Instrument || rules.QuoteAsset != _quoteAsset)
        {
            throw new ArgumentException(
                $"fill {fill.TradeId} of {fill.Portfolio}/{fill.Instrument} is not of {_portfolio} in {_quoteAsset}",
                nameof(fill));
        }

        if (!IsNew(fill))
        {
            return false;
        }

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
        _eventTime = Later(fill.EventTime);
        return true;
    }

    /// <summary>Books a deposit, withdrawal or correction: it changes what there is, and is no profit or loss.</summary>
    /// <returns>False when it was booked before.</returns>
    public bool Transfer(BalanceTransfer transfer)
    {
        if (_applied.Contains($"transfer/{transfer.Id}") || !RememberTransfer(transfer.Id))
        {
            return false;
        }

        Credit(transfer.Asset, transfer.Amount);
        _eventTime = Later(transfer.EventTime);
        var worth = transfer.Amount;
        if (transfer.Asset != _quoteAsset)
        {
            var position = _positions.Values.FirstOrDefault(p => p.BaseAsset == transfer.Asset && p.Mark is not null);
            if (position?.Mark is not { } mark)
            {
                return true; // Valued, with the rest of its asset, at the first mark.
            }

            position.Trade(transfer.Amount, mark, transfer.EventTime);
            worth *= mark;
        }

        _initialEquity += worth;
        _highWaterMark += worth;
        _dayStartEquity += worth;
        return true;
    }

    /// <summary>
    /// Values the instrument's position at the mid price and moves day start, high-water mark and equity curve on.
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

        position.Mark = mid;
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

    public PortfolioSnapshot Snapshot() => new()
    {
        Portfolio = _portfolio,
        QuoteAsset = _quoteAsset,
        EventTime = _eventTime,
        Cash = _balances[_quoteAsset],
        Equity = Equity,
        HighWaterMark = _highWaterMark,
        DayStartEquity = _dayStartEquity,
        RealizedPnl = _positions.Values.Sum(position => position.RealizedPnl),
        UnrealizedPnl = _positions.Values.Sum(position => position.UnrealizedPnl),
        Fees = _fees,
        FillCount = _fillCount,
        Positions = [.. _positions.Values.Select(position => position.Snapshot())],
        Balances = _balances,
        InitialEquity = _initialEquity,
    };

    public PortfolioState ToState() => new()
    {
        Portfolio = _portfolio,
        QuoteAsset = _quoteAsset,
        EventTime = _eventTime,
        Balances = _balances,
        Positions = [.. _positions.Values.Select(position => position.ToState())],
        InitialEquity = _initialEquity,
        HighWaterMark = _highWaterMark,
        DayStartEquity = _dayStartEquity,
        Day = _day,
        Fees = _fees,
        UnvaluedFees = _unvaluedFees,
        FillCount = _fillCount,
        AppliedFills = [.. _applied.Order(StringComparer.Ordinal)],
        AppliedTransfers = [.. _transfersInOrder],
        BookedTo = _bookedTo,
        EquityCurve = [.. _curve.Points],
        EquityIntervalMs = _curve.IntervalMs,
    };

    private void PayFee(Fill fill, Position traded, decimal price)
    {
        if (fill.Fee == 0)
        {
            return;
        }

        Credit(fill.FeeAsset, -fill.Fee);
        var payer = fill.FeeAsset == traded.BaseAsset
            ? traded
            : _positions.Values.FirstOrDefault(position => position.BaseAsset == fill.FeeAsset);
        if (fill.FeeAsset == _quoteAsset)
        {
            _fees += fill.Fee;
        }
        else if (payer?.Mark is { } mark)
        {
            var worth = payer == traded ? price : mark;
            payer.Trade(-fill.Fee, worth, fill.EventTime);
            _fees += fill.Fee * worth;
        }
        else
        {
            _unvaluedFees = _unvaluedFees.SetItem(fill.FeeAsset,
                _unvaluedFees.GetValueOrDefault(fill.FeeAsset) + fill.Fee);
        }
    }

    private void ValueInitialBalance(Position position, decimal price, Timestamp eventTime)
    {
        // What another instrument of the same asset has already valued is not valued twice.
        var balance = _balances.GetValueOrDefault(position.BaseAsset)
            - _positions.Values.Where(other => other.BaseAsset == position.BaseAsset).Sum(other => other.Quantity);
        position.Mark = price;
        position.Trade(balance, price, eventTime);
        var unvalued = _unvaluedFees.GetValueOrDefault(position.BaseAsset);
        _unvaluedFees = _unvaluedFees.Remove(position.BaseAsset);
        _fees += unvalued * price;

        var worth = (balance + unvalued) * price;
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

    /// <summary>An execution hands its fills over in the order of their numbers, as often as it takes.</summary>
    private bool IsNew(Fill fill)
    {
        var key = $"{fill.Instrument.Key}/{fill.TradeId}";
        if (fill.Number == 0)
        {
            return _applied.Add(key);
        }

        if (fill.Number <= _bookedTo.GetValueOrDefault(fill.Instrument.Key) || _applied.Contains(key))
        {
            return false;
        }

        _bookedTo = _bookedTo.SetItem(fill.Instrument.Key, fill.Number);
        return true;
    }

    private bool RememberTransfer(string id)
    {
        if (!_transfers.Add(id))
        {
            return false;
        }

        _transfersInOrder.Enqueue(id);
        if (_transfersInOrder.Count > TransfersRememberedMax)
        {
            _transfers.Remove(_transfersInOrder.Dequeue());
        }

        return true;
    }

    private void Credit(string asset, decimal amount) =>
        _balances = _balances.SetItem(asset, _balances.GetValueOrDefault(asset) + amount);

    private Timestamp Later(Timestamp eventTime) => eventTime > _eventTime ? eventTime : _eventTime;
}
