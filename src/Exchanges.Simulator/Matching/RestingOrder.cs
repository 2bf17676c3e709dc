namespace BtcAgent.Exchanges.Simulator.Matching;

/// <summary>An order in the book.</summary>
internal sealed class RestingOrder(long id, string owner, Side side, Price price, Quantity quantity)
{
    public long Id { get; } = id;

    public string Owner { get; } = owner;

    public Side Side { get; } = side;

    public Price Price { get; } = price;

    public Quantity Remaining { get; set; } = quantity;

    public LinkedListNode<RestingOrder>? Node { get; set; }
}
