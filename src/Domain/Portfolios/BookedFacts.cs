using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Portfolios;

/// <summary>Remembers what has been booked and rejects repeats: all fills, and the most recent transfers.</summary>
internal sealed class BookedFacts
{
    private readonly HashSet<string> _fills = new(StringComparer.Ordinal);
    private readonly Queue<string> _transfersInOrder = new();
    private readonly HashSet<string> _transfers = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, long> _to = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    public BookedFacts()
    {
    }

    public BookedFacts(PortfolioState state)
    {
        _fills.UnionWith(state.AppliedFills);
        _to = _to.AddRange(state.BookedTo);
        foreach (var id in state.AppliedTransfers)
        {
            Remember(id);
        }
    }

    /// <summary>Keys of fills without a number.</summary>
    public ImmutableArray<string> Fills => [.. _fills.Order(StringComparer.Ordinal)];

    /// <summary>Ids of transfers, oldest first.</summary>
    public ImmutableArray<string> Transfers => [.. _transfersInOrder];

    /// <summary>Number of the last booked fill by instrument.</summary>
    public ImmutableSortedDictionary<string, long> To => _to;

    public bool IsNew(Fill fill)
    {
        var key = $"{fill.Instrument.Key}/{fill.TradeId}";
        if (fill.Number == 0)
        {
            return _fills.Add(key);
        }

        if (fill.Number <= _to.GetValueOrDefault(fill.Instrument.Key) || _fills.Contains(key))
        {
            return false;
        }

        _to = _to.SetItem(fill.Instrument.Key, fill.Number);
        return true;
    }

    /// <param name="transferId">Id of the transfer. Older stored states keep transfer ids among the fills.</param>
    public bool IsNew(string transferId) => !_fills.Contains($"transfer/{transferId}") && Remember(transferId);

    private bool Remember(string transferId)
    {
        if (!_transfers.Add(transferId))
        {
            return false;
        }

        _transfersInOrder.Enqueue(transferId);
        if (_transfersInOrder.Count > PortfolioLedger.TransfersRememberedMax)
        {
            _transfers.Remove(_transfersInOrder.Dequeue());
        }

        return true;
    }
}
