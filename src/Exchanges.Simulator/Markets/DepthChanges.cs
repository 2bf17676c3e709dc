namespace BtcAgent.Exchanges.Simulator.Markets;

/// <summary>Levels changed since the last depth message of one stream, with the update ids they span.</summary>
internal sealed class DepthChanges
{
    public SortedDictionary<Price, Quantity> Bids { get; } = new(Comparer<Price>.Create((a, b) => b.CompareTo(a)));

    public SortedDictionary<Price, Quantity> Asks { get; } = [];

    public long FirstId { get; private set; }

    public long LastId { get; private set; }

    public bool IsEmpty => FirstId == 0;

    public void Add(long updateId, Side side, Price price, Quantity quantity)
    {
        FirstId = FirstId == 0 ? updateId : FirstId;
        LastId = updateId;
        (side == Side.Buy ? Bids : Asks)[price] = quantity;
    }

    public void Clear()
    {
        Bids.Clear();
        Asks.Clear();
        (FirstId, LastId) = (0, 0);
    }
}
