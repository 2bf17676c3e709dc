using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// One instrument's part of the books of a backtest with its own fills: the agent's ledger counts the money, and the fills are
/// collected for the report.
/// </summary>
internal sealed class BacktestBooks
{
    private readonly BarAccount _account;
    private readonly List<BacktestFill> _fills = [];

    /// <param name="instrument">The traded instrument.</param>
    /// <param name="quoteAsset">Asset of all money amounts.</param>
    /// <param name="cash">Quote asset at the start.</param>
    /// <param name="inventory">Base asset at the start.</param>
    public BacktestBooks(InstrumentId instrument, string quoteAsset, decimal cash, decimal inventory)
        : this(
            new BarAccount(quoteAsset, cash, new Dictionary<string, decimal> { [BaseAssetOf(instrument, quoteAsset)] = inventory }),
            Unlimited(instrument, quoteAsset))
    {
    }

    /// <param name="account">The account, which other instruments may share.</param>
    /// <param name="rules">Rules of the instrument.</param>
    public BacktestBooks(BarAccount account, TradingRules rules)
    {
        _account = account;
        Rules = rules;
        InitialBase = account.Ledger.BalanceOf(rules.BaseAsset);
        SetBase(InitialBase);
        account.Add(this);
    }

    public TradingRules Rules { get; }

    public decimal Cash => _account.Cash;

    /// <inheritdoc cref="BarAccount.TradedEquity"/>
    public decimal TradedEquity => _account.TradedEquity;

    public decimal InitialBase { get; }

    public decimal Base { get; private set; }

    /// <summary><see cref="Base"/> for the curve, converted once a trade.</summary>
    public double BaseAmount { get; private set; }

    /// <summary><see cref="Base"/> less <see cref="InitialBase"/>, for the curve.</summary>
    public double TradedAmount { get; private set; }

    /// <summary>Last price seen, zero before the first; set by the host.</summary>
    public Price LastPrice { get; set; }

    /// <summary>All fees so far, in quote asset.</summary>
    public decimal Fees { get; private set; }

    public ImmutableArray<BacktestFill> Fills => [.. _fills];

    public ImmutableArray<RoundTrip> RoundTrips => RoundTripMatcher.Match(_fills);

    public int Count => _fills.Count;

    /// <summary>Rules of an instrument whose venue sets no limit.</summary>
    public static TradingRules Unlimited(InstrumentId instrument, string quoteAsset) => new()
    {
        Instrument = instrument,
        BaseAsset = BaseAssetOf(instrument, quoteAsset),
        QuoteAsset = quoteAsset,
        TickSize = Price.Zero,
        LotSize = Quantity.Zero,
        MinQuantity = Quantity.Zero,
        MaxQuantity = Quantity.Zero,
        MinNotional = 0,
    };

    public static string BaseAssetOf(InstrumentId instrument, string quoteAsset)
    {
        var symbol = instrument.Symbol;
        return symbol.Length > quoteAsset.Length && symbol.EndsWith(quoteAsset, StringComparison.Ordinal)
            ? symbol[..^quoteAsset.Length]
            : $"base of {symbol}";
    }

    /// <summary>Books a market order that fills completely at once.</summary>
    /// <param name="side">Side of the order.</param>
    /// <param name="quantity">Quantity in base asset, above zero.</param>
    /// <param name="price">Price paid or received.</param>
    /// <param name="feeRate">Fee as a share of the notional.</param>
    /// <param name="time">Time of the fill.</param>
    /// <param name="reference">Price when the order was decided.</param>
    /// <param name="decidedAt">Time of that decision.</param>
    /// <param name="reason">Why the order was sent.</param>
    public void Book(
        Side side,
        Quantity quantity,
        Price price,
        decimal feeRate,
        Timestamp time,
        decimal reference,
        Timestamp decidedAt,
        ExitReason reason = ExitReason.Signal)
    {
        var number = _fills.Count + 1;
        Apply(
            new Fill
            {
                TradeId = number.ToString(CultureInfo.InvariantCulture),
                ClientOrderId = "",
                Portfolio = BarAccount.Portfolio,
                Instrument = Rules.Instrument,
                Side = side,
                Price = price,
                Quantity = quantity,
                Fee = price.Times(quantity) * feeRate,
                FeeAsset = Rules.QuoteAsset,
                IsMaker = false,
                EventTime = time,
                Number = number,
            },
            reference,
            decidedAt,
            reason);
    }

    /// <summary>Books a fill whose fee is in quote asset.</summary>
    /// <param name="fill">The fill.</param>
    /// <param name="reference">Price when its order was decided.</param>
    /// <param name="decidedAt">Time of that decision.</param>
    /// <param name="reason">Why the order was sent.</param>
    public void Apply(Fill fill, decimal reference, Timestamp decidedAt, ExitReason reason)
    {
        _account.Apply(fill, Rules);
        Note(fill, reference, decidedAt, reason);
    }

    /// <summary>Collects a fill that the ledger has booked.</summary>
    public void Note(Fill fill, decimal reference, Timestamp decidedAt, ExitReason reason)
    {
        SetBase(_account.Ledger.BalanceOf(Rules.BaseAsset));
        Fees += fill.Fee;
        _fills.Add(new BacktestFill(
            fill.EventTime,
            fill.Side,
            fill.Price.ToDecimal(),
            fill.Quantity.ToDecimal(),
            fill.Fee,
            fill.IsMaker,
            reference,
            (fill.EventTime - decidedAt).TotalMilliseconds,
            reason));
    }

    private void SetBase(decimal held) => (Base, BaseAmount, TradedAmount) = (held, (double)held, (double)(held - InitialBase));
}
