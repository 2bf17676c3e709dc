using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Research.Backtests;

/// <summary>The account of a backtest with its own fills: one ledger of the agent for all its instruments.</summary>
internal sealed class BarAccount
{
    /// <summary>Name of the portfolio in the ledger.</summary>
    public const string Portfolio = "backtest";

    private readonly List<BacktestBooks> _books = [];

    /// <param name="quoteAsset">Asset of all money amounts.</param>
    /// <param name="cash">Quote asset at the start.</param>
    /// <param name="inventory">Other assets at the start.</param>
    public BarAccount(string quoteAsset, decimal cash, IReadOnlyDictionary<string, decimal> inventory)
    {
        QuoteAsset = quoteAsset;
        Cash = cash;
        CashAmount = (double)cash;
        Ledger = new PortfolioLedger(Portfolio, quoteAsset, new Dictionary<string, decimal>(inventory) { [quoteAsset] = cash });
    }

    public string QuoteAsset { get; }

    public PortfolioLedger Ledger { get; }

    public decimal Cash { get; private set; }

    /// <summary>The cash for the curve, converted once a trade: every bar is marked with it.</summary>
    public double CashAmount { get; private set; }

    /// <summary>Cash and what was bought or sold, at the last prices; without the inventory at the start.</summary>
    public decimal TradedEquity => Cash + _books.Sum(b => (b.Base - b.InitialBase) * b.LastPrice.ToDecimal());

    public void Add(BacktestBooks books) => _books.Add(books);

    public void Apply(Fill fill, TradingRules rules)
    {
        Ledger.Apply(fill, rules);
        Refresh();
    }

    /// <summary>Reads the cash after a booking in the ledger.</summary>
    public void Refresh()
    {
        Cash = Ledger.BalanceOf(QuoteAsset);
        CashAmount = (double)Cash;
    }
}
