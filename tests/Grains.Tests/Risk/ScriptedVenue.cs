using System.Collections.Concurrent;
using System.Collections.Immutable;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Tests.Risk;

/// <summary>A venue that answers each order as a scenario says, and holds the account that portfolios begin with.</summary>
internal sealed class ScriptedVenue : IExecutionVenue
{
    /// <summary>Answers by instrument; an instrument without one gets no answer.</summary>
    public ConcurrentDictionary<string, Func<OrderIntent, VenueAnswer>> Answers { get; } = [];

    public TimeSpan RequestLifetime => TimeSpan.FromSeconds(60);

    public Task<VenueAnswer> PlaceAsync(OrderIntent intent, SendPermit permit, CancellationToken cancellationToken) => Task.FromResult(
        !permit.TryUse(Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()), out var refusal) ? VenueAnswer.Not(VenueOutcome.NotNow, refusal)
        : Answers.TryGetValue(intent.Instrument.Key, out var answer) ? answer(intent)
        : VenueAnswer.Not(VenueOutcome.Unknown, "no answer"));

    public Task<VenueAnswer> CancelAsync(InstrumentId instrument, string clientOrderId, CancellationToken cancellationToken) =>
        Task.FromResult(VenueAnswer.Not(VenueOutcome.Unknown, "no answer"));

    public Task<VenueAnswer> CancelByVenueIdAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        Task.FromResult(VenueAnswer.Not(VenueOutcome.Unknown, "no answer"));

    public Task<VenueAnswer> ReplaceAsync(
        string canceledClientOrderId, OrderIntent replacement, SendPermit permit, CancellationToken cancellationToken) =>
        throw new NotSupportedException("no scenario replaces");

    public Task<VenueAnswer> PlaceListAsync(OrderListIntent list, SendPermit permit, CancellationToken cancellationToken) =>
        throw new NotSupportedException("no scenario places lists");

    public Task<VenueOrder?> FindOrderAsync(InstrumentId instrument, string clientOrderId, CancellationToken cancellationToken) =>
        Task.FromResult<VenueOrder?>(null);

    public Task<VenueOrder?> FindOrderByVenueIdAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        Task.FromResult<VenueOrder?>(null);

    public Task<string?> FindFirstNameAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    public Task<ImmutableArray<VenueOrder>> GetOpenOrdersAsync(InstrumentId instrument, CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray<VenueOrder>.Empty);

    public Task<ImmutableArray<VenueFill>> GetTradesAsync(InstrumentId instrument, long fromTradeId, CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray<VenueFill>.Empty);

    public Task<ImmutableArray<VenueFill>> GetTradesOfOrderAsync(
        InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) => Task.FromResult(ImmutableArray<VenueFill>.Empty);

    public Task<long> GetLastTradeIdAsync(InstrumentId instrument, CancellationToken cancellationToken) => Task.FromResult(0L);

    public Task<ImmutableSortedDictionary<string, decimal>> GetBalancesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableSortedDictionary<string, decimal>.Empty.Add("USDT", 100_000));
}
