using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Portfolios;

/// <summary>What has been booked, so that a repeat is not: fills without a limit, transfers as far back as they are remembered.</summary>
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

    /// <summary>Oldest first.</summary>
    public ImmutableArray<string> Transfers => [.. _transfersInOrder];

    /// <summary>By instrument, the number of the last fill that was booked.</summary>
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

    /// <param name="transferId">Those of states before transfers were kept apart are among the fills.</param>
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
