using System.Collections.Immutable;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Twins;

/// <summary>
/// Runs a simulated twin for every live order of one portfolio and instrument, on the same market events. A twin is
/// cancelled with its live order, or when it is still open some time after the live order has ended.
/// </summary>
public sealed class OrderTwins
{
    private readonly TwinOptions _options;
    private readonly PaperExecution _paper;
    private readonly List<TwinPair> _pairs = [];
    private readonly List<TwinSample> _compared = [];

    public OrderTwins(
        string portfolio, TradingRules rules, PaperOptions paper, TwinOptions options,
        TwinsState? restored = null)
    {
        _options = options;
        _paper = new PaperExecution(portfolio, rules, paper, restored?.Paper);
        _pairs.AddRange(restored?.Pairs ?? []);
    }

    public void OnMarket(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        _paper.OnMarket(marketEvent, levels);
        var now = _paper.EventTime;
        foreach (var pair in _pairs)
        {
            if (!pair.Live.IsOpen && pair.Twin.IsOpen
                && now >= pair.Live.UpdatedAt + TimeSpan.FromMilliseconds(_options.TwinGraceMs))
            {
                _paper.Cancel(pair.Twin.Intent.ClientOrderId, now, "the live order has ended");
            }
        }

        Settle();
    }

    public void OnFeedReset() => _paper.OnFeedReset();

    /// <summary>False until a snapshot arrives: no twin fills before.</summary>
    public bool HasBook => _paper.HasBook;

    /// <summary>Call after every change of a live order; the first call starts the twin.</summary>
    /// <param name="live">The order in its current state.</param>
    /// <param name="newFills">New fills; repeats are recognised by their trade ids.</param>
    public void OnLive(Order live, IReadOnlyList<Fill> newFills)
    {
        var id = live.Intent.ClientOrderId;
        var at = _pairs.FindIndex(pair => pair.Live.Intent.ClientOrderId == id);
        if (at < 0)
        {
            var submitted = _paper.Submit(live.Intent);
            if (!submitted.IsNew)
            {
                return;
            }

            at = _pairs.Count;
            _pairs.Add(new TwinPair { Live = live, Twin = submitted.Order });
        }

        var known = _pairs[at];
        var fills = known.LiveFills.AddRange(newFills).DistinctBy(fill => fill.TradeId).ToImmutableArray();
        _pairs[at] = known with { Live = live, LiveFills = fills };
        if (live.Status is OrderStatus.PendingCancel or OrderStatus.Canceled or OrderStatus.Denied
            or OrderStatus.Rejected or OrderStatus.Expired)
        {
            _paper.Cancel(id, live.UpdatedAt, "the live order is cancelled");
        }

        Settle();
    }

    /// <summary>Returns the comparisons since the last call, each once.</summary>
    public IReadOnlyList<TwinSample> TakeCompared()
    {
        TwinSample[] compared = [.. _compared];
        _compared.Clear();
        return compared;
    }

    public TwinsState ToState() => new() { Paper = _paper.ToState(), Pairs = [.. _pairs] };

    private void Settle()
    {
        if (_paper.HasChanges)
        {
            var fills = _paper.TakeFills();
            var orders = _paper.TakeChangedOrders().ToDictionary(order => order.Intent.ClientOrderId);
            for (var i = 0; i < _pairs.Count; i++)
            {
                var pair = _pairs[i];
                var id = pair.Live.Intent.ClientOrderId;
                _pairs[i] = pair with
                {
                    Twin = orders.GetValueOrDefault(id, pair.Twin),
                    TwinFills = pair.TwinFills.AddRange(fills.Where(fill => fill.ClientOrderId == id)),
                };
            }
        }

        foreach (var pair in _pairs.Where(pair => !pair.Live.IsOpen && !pair.Twin.IsOpen).ToArray())
        {
            _compared.Add(TwinMeter.Compare(pair.Live, pair.LiveFills, pair.Twin, pair.TwinFills));
            _pairs.Remove(pair);
        }
    }
}
