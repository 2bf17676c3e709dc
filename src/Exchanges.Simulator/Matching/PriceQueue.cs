namespace BtcAgent.Exchanges.Simulator.Matching;

/// <summary>Orders at one price, in order of arrival.</summary>
internal sealed class PriceQueue
{
    public LinkedList<RestingOrder> Orders { get; } = new();

    public Quantity Total { get; set; }
}
