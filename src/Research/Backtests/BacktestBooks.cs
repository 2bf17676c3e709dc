using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// The books of a backtest with its own fills: the agent's ledger counts the money, and the fills are collected for the report.
/// </summary>
internal sealed class BacktestBooks
{
    private const string Portfolio = "backtest";

    private readonly TradingRules _rules;
    private readonly PortfolioLedger _ledger;
    private readonly List<BacktestFill> _fills = [];

    /// <param name="instrument">The traded instrument.</param>
    /// <param name="quoteAsset">Asset of all money amounts.</param>
    /// <param name="cash">Quote asset at the start.</param>
    /// <param name="inventory">Base asset at the start.</param>
    public BacktestBooks(InstrumentId instrument, string quoteAsset, decimal cash, decimal inventory)
    {
        var symbol = instrument.Symbol;
        _rules = new TradingRules
        {
            Instrument = instrument,
            BaseAsset = symbol.Length > quoteAsset.Length && symbol.EndsWith(quoteAsset, StringComparison.Ordinal)
                ? symbol[..^quoteAsset.Length]
                : $"base of {symbol}",
            QuoteAsset = quoteAsset,
            TickSize = Price.Zero,
            LotSize = Quantity.Zero,
            MinQuantity = Quantity.Zero,
            MaxQuantity = Quantity.Zero,
            MinNotional = 0,
        };
        _ledger = new PortfolioLedger(
            Portfolio, quoteAsset, new Dictionary<string, decimal> { [quoteAsset] = cash, [_rules.BaseAsset] = inventory });
        Cash = cash;
        Base = inventory;
    }

    public decimal Cash { get; private set; }

    public decimal Base { get; private set; }

    /// <summary>All fees so far, in quote asset.</summary>
    public decimal Fees => _ledger.Snapshot().Fees;

    public ImmutableArray<BacktestFill> Fills => [.. _fills];

    public ImmutableArray<RoundTrip> RoundTrips => RoundTripMatcher.Match(_fills);

    public int Count => _fills.Count;

    /// <summary>Books a market order that fills completely at once.</summary>
    /// <param name="side">Side of the order.</param>
    /// <param name="quantity">Quantity in base asset, above zero.</param>
    /// <param name="price">Price paid or received.</param>
    /// <param name="feeRate">Fee as a share of the notional.</param>
    /// <param name="time">Time of the fill.</param>
    /// <param name="reference">Price when the order was decided.</param>
    /// <param name="decidedAt">Time of that decision.</param>
    public void Book(Side side, Quantity quantity, Price price, decimal feeRate, Timestamp time, decimal reference, Timestamp decidedAt)
    {
        var fee = price.Times(quantity) * feeRate;
        var number = _fills.Count + 1;
        _ledger.Apply(
            new Fill
            {
                TradeId = number.ToString(CultureInfo.InvariantCulture),
                ClientOrderId = "",
                Portfolio = Portfolio,
                Instrument = _rules.Instrument,
                Side = side,
                Price = price,
                Quantity = quantity,
                Fee = fee,
                FeeAsset = _rules.QuoteAsset,
                IsMaker = false,
                EventTime = time,
                Number = number,
            },
            _rules);
        Cash = _ledger.BalanceOf(_rules.QuoteAsset);
        Base = _ledger.BalanceOf(_rules.BaseAsset);
        _fills.Add(new BacktestFill(
            time, side, price.ToDecimal(), quantity.ToDecimal(), fee, IsMaker: false, reference, (time - decidedAt).TotalMilliseconds));
    }
}
