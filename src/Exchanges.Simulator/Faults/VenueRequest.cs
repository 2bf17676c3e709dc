using System.Net;

namespace BtcAgent.Exchanges.Simulator.Faults;

/// <summary>A signed request as the venue recorded it.</summary>
/// <param name="From">Address of the peer.</param>
/// <param name="Method">Method name of the WebSocket API, for REST requests too.</param>
/// <param name="ClientOrderId">Client id of the order that it places or cancels; empty for all other requests.</param>
/// <param name="Status">Status of the answer, as in HTTP.</param>
public sealed record VenueRequest(IPAddress? From, string Method, string ClientOrderId, int Status)
{
    /// <summary>True for requests that change orders.</summary>
    public bool IsTrading => Method is "order.place" or "order.cancel" or "order.cancelReplace" or "order.amend.keepPriority"
        or "openOrders.cancelAll" || Method.StartsWith("orderList.place", StringComparison.Ordinal) || Method == "orderList.cancel";
}
