using System.Net;

namespace BtcAgent.Exchanges.Simulator.Faults;

/// <summary>A signed request as the venue recorded it.</summary>
/// <param name="From">Address of the peer.</param>
/// <param name="Method">Name in the WebSocket API, for REST too.</param>
/// <param name="ClientOrderId">Of the order it places or cancels; empty for all others.</param>
/// <param name="Status">Of the answer, as in HTTP.</param>
public sealed record VenueRequest(IPAddress? From, string Method, string ClientOrderId, int Status)
{
    /// <summary>It would change orders.</summary>
    public bool IsTrading => Method is "order.place" or "order.cancel" or "order.cancelReplace" or "order.amend.keepPriority"
        or "openOrders.cancelAll" || Method.StartsWith("orderList.place", StringComparison.Ordinal) || Method == "orderList.cancel";
}
