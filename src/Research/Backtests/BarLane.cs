using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Trades one instrument bar by bar: orders that wait for the open, then exits within the bar, then the strategy's decision at
/// the close.
/// </summary>
internal abstract class BarLane(BacktestBooks books, ExitOptions exits)
{
    private readonly RefusalCounter _refusals = new();

    public BacktestBooks Books => books;

    /// <summary>Orders that were not sent, or not filled, and refused signals, by code.</summary>
    public virtual IEnumerable<KeyValuePair<string, int>> Refusals => _refusals.Counts;

    protected ProtectiveExits Exits { get; } = new(exits);

    /// <summary>Name of the strategy with its parameters.</summary>
    public abstract string Strategy { get; }

    public void Step(in Bar bar)
    {
        Open(in bar);
        if (Exits.IsWatching)
        {
            if (Exits.IsReached(in bar, out var price, out var atOpen, out var reason))
            {
                // When within the bar is unknown: the middle is certain to be inside it, and within its day.
                Exit(reason, Price.FromDecimal(price), atOpen ? bar.OpenTime : bar.OpenTime + (bar.Interval / 2), in bar);
            }

            Exits.Complete(in bar);
        }

        books.LastPrice = bar.Close;
        Close(in bar);
    }

    /// <summary>The bars have ended.</summary>
    public abstract void Finish(in Bar last);

    protected abstract void Open(in Bar bar);

    protected abstract void Exit(ExitReason reason, Price price, Timestamp time, in Bar bar);

    protected abstract void Close(in Bar bar);

    protected void Refuse(string code) => _refusals.Add(code);

    protected void Count(Decision decision) => _refusals.Add(decision);
}
