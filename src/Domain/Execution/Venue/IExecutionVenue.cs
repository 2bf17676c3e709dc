using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Venue;

/// <summary>
/// A venue that takes orders. Nothing here throws for what a venue or a network may do: commands answer with an
/// outcome, and questions throw <see cref="ExecutionVenueException"/> when there is no answer.
/// </summary>
public interface IExecutionVenue
{
    /// <summary>
    /// A request that has not reached the venue this long after it was sent is refused there: an order that is not
    /// found afterwards never will be.
    /// </summary>
    TimeSpan RequestLifetime { get; }

    /// <param name="intent">The order.</param>
    /// <param name="permit">
    /// Used immediately before the order leaves, after every wait on the way; when it is refused nothing is sent, and the
    /// answer is <see cref="VenueOutcome.NotNow"/> with the reason.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<VenueAnswer> PlaceAsync(OrderIntent intent, SendPermit permit, CancellationToken cancellationToken);

    /// <summary>By the client order id that the order has at the venue now.</summary>
    Task<VenueAnswer> CancelAsync(
        InstrumentId instrument, string clientOrderId, CancellationToken cancellationToken);

    /// <summary>By the venue's own id, which an order keeps whatever names it is given.</summary>
    Task<VenueAnswer> CancelByVenueIdAsync(
        InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken);

    /// <summary>Cancels one order and, if that worked, places another in its stead, in one request.</summary>
    Task<VenueAnswer> ReplaceAsync(
        string canceledClientOrderId, OrderIntent replacement, SendPermit permit, CancellationToken cancellationToken);

    /// <summary>Places both legs; the fill or trigger of one cancels the other.</summary>
    Task<VenueAnswer> PlaceListAsync(OrderListIntent list, SendPermit permit, CancellationToken cancellationToken);

    /// <summary>Null when the venue has no such order.</summary>
    /// <exception cref="ExecutionVenueException">No answer.</exception>
    Task<VenueOrder?> FindOrderAsync(
        InstrumentId instrument, string clientOrderId, CancellationToken cancellationToken);

    /// <summary>By the venue's own id; null when it has no such order.</summary>
    /// <exception cref="ExecutionVenueException">No answer.</exception>
    Task<VenueOrder?> FindOrderByVenueIdAsync(
        InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken);

    /// <summary>The client order id that an order was placed under, where amendments have changed it; null where none has.</summary>
    /// <exception cref="ExecutionVenueException">No answer.</exception>
    Task<string?> FindFirstNameAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken);

    /// <exception cref="ExecutionVenueException">No answer.</exception>
    Task<ImmutableArray<VenueOrder>> GetOpenOrdersAsync(InstrumentId instrument, CancellationToken cancellationToken);

    /// <summary>Our trades with an id of at least <paramref name="fromTradeId"/>, oldest first, all of them.</summary>
    /// <exception cref="ExecutionVenueException">No answer.</exception>
    Task<ImmutableArray<VenueFill>> GetTradesAsync(
        InstrumentId instrument, long fromTradeId, CancellationToken cancellationToken);

    /// <summary>All trades of one order, oldest first.</summary>
    /// <exception cref="ExecutionVenueException">No answer.</exception>
    Task<ImmutableArray<VenueFill>> GetTradesOfOrderAsync(
        InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken);

    /// <summary>Id of our latest trade; zero when there is none.</summary>
    /// <exception cref="ExecutionVenueException">No answer.</exception>
    Task<long> GetLastTradeIdAsync(InstrumentId instrument, CancellationToken cancellationToken);

    /// <summary>Free and locked together, per asset.</summary>
    /// <exception cref="ExecutionVenueException">No answer.</exception>
    Task<ImmutableSortedDictionary<string, decimal>> GetBalancesAsync(CancellationToken cancellationToken);
}
