using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Portfolios;

/// <summary>Remembers what has been booked and rejects repeats: all fills, and the most recent transfers.</summary>
internal sealed class BookedFacts
{
    private readonly HashSet<string> _fills = new(StringComparer.Ordinal);
    private readonly Queue<string> _transfersInOrder = new();
    private readonly HashSet<string> _transfers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _to = new(StringComparer.Ordinal);

    public BookedFacts()
    {
    }

    public BookedFacts(PortfolioState state)
    {
        _fills.UnionWith(state.AppliedFills);
        _to = new(state.BookedTo, StringComparer.Ordinal);
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
    public ImmutableSortedDictionary<string, long> To => _to.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public bool IsNew(Fill fill)
    {
        if (fill.Number == 0)
        {
            return _fills.Add(KeyOf(fill));
        }

        var instrument = fill.Instrument.Key;
        if (fill.Number <= _to.GetValueOrDefault(instrument) || (_fills.Count > 0 && _fills.Contains(KeyOf(fill))))
        {
            return false;
        }

        _to[instrument] = fill.Number;
        return true;
    }

    /// <param name="transferId">Id of the transfer. Older stored states keep transfer ids among the fills.</param>
    public bool IsNew(string transferId) => !_fills.Contains($"transfer/{transferId}") && Remember(transferId);

    private static string KeyOf(Fill fill) => $"{fill.Instrument.Key}/{fill.TradeId}";

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
