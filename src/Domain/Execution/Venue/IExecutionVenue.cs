using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Venue;

/// <summary>
/// A venue that accepts orders. Failures of the venue or the network do not throw from commands, which answer with an
/// outcome; queries throw <see cref="ExecutionVenueException"/> when there is no answer.
/// </summary>
public interface IExecutionVenue
{
    /// <summary>
    /// The venue refuses a request that arrives later than this after it was sent: an order that is not found after it
    /// never will be.
    /// </summary>
    TimeSpan RequestLifetime { get; }

    /// <param name="intent">The order.</param>
    /// <param name="permit">
    /// Used immediately before the order leaves, after every wait; when it is refused nothing is sent, and the answer is
    /// <see cref="VenueOutcome.NotNow"/> with the reason.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<VenueAnswer> PlaceAsync(OrderIntent intent, SendPermit permit, CancellationToken cancellationToken);

    /// <summary>Cancels by the order's current client order id at the venue.</summary>
    Task<VenueAnswer> CancelAsync(
        InstrumentId instrument, string clientOrderId, CancellationToken cancellationToken);

    /// <summary>Cancels by the venue's own id, which never changes.</summary>
    Task<VenueAnswer> CancelByVenueIdAsync(
        InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken);

    /// <summary>Returns null when the venue does not have the order.</summary>
    /// <exception cref="ExecutionVenueException">The venue did not answer.</exception>
    Task<VenueOrder?> FindOrderAsync(
        InstrumentId instrument, string clientOrderId, CancellationToken cancellationToken);

    /// <summary>Finds an order by the venue's own id; null when the venue does not have it.</summary>
    /// <exception cref="ExecutionVenueException">The venue did not answer.</exception>
    Task<VenueOrder?> FindOrderByVenueIdAsync(
        InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the client order id of an order's placement if amendments have changed it; null otherwise.
    /// </summary>
    /// <exception cref="ExecutionVenueException">The venue did not answer.</exception>
    Task<string?> FindFirstNameAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken);

    /// <exception cref="ExecutionVenueException">The venue did not answer.</exception>
    Task<ImmutableArray<VenueOrder>> GetOpenOrdersAsync(InstrumentId instrument, CancellationToken cancellationToken);

    /// <summary>Returns all our trades with an id of at least <paramref name="fromTradeId"/>, oldest first.</summary>
    /// <exception cref="ExecutionVenueException">The venue did not answer.</exception>
    Task<ImmutableArray<VenueFill>> GetTradesAsync(
        InstrumentId instrument, long fromTradeId, CancellationToken cancellationToken);

    /// <summary>Returns all trades of one order, oldest first.</summary>
    /// <exception cref="ExecutionVenueException">The venue did not answer.</exception>
    Task<ImmutableArray<VenueFill>> GetTradesOfOrderAsync(
        InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken);

    /// <summary>Returns the id of our latest trade; zero if none.</summary>
    /// <exception cref="ExecutionVenueException">The venue did not answer.</exception>
    Task<long> GetLastTradeIdAsync(InstrumentId instrument, CancellationToken cancellationToken);

    /// <summary>Returns the balance per asset, free and locked together.</summary>
    /// <exception cref="ExecutionVenueException">The venue did not answer.</exception>
    Task<ImmutableSortedDictionary<string, decimal>> GetBalancesAsync(CancellationToken cancellationToken);
}
