using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Streams;
using BtcAgent.Exchanges.Simulator.WebSocketApi;

namespace BtcAgent.Exchanges.Simulator.Operations;

/// <summary>
/// Actions of the venue's operators: opens and closes symbols, sets reference prices, takes servers down.
/// </summary>
public sealed class VenueOperations
{
    private readonly IReadOnlyDictionary<string, SimulatedMarket> _markets;
    private readonly StreamHub _streams;
    private readonly StreamHub _apiConnections;
    private readonly Lock _gate;
    private readonly Func<long> _nowMs;

    internal VenueOperations(
        IReadOnlyDictionary<string, SimulatedMarket> markets, StreamHub streams, StreamHub apiConnections, Lock gate, Func<long> nowMs)
    {
        _markets = markets;
        _streams = streams;
        _apiConnections = apiConnections;
        _gate = gate;
        _nowMs = nowMs;
    }

    /// <param name="symbol">Upper case.</param>
    /// <param name="status">The venue's status word: TRADING, HALT, BREAK, END_OF_DAY or CANCEL_ONLY.</param>
    public void SetStatus(string symbol, string status) => Change(symbol, market => market.Status = status);

    /// <summary>Sets the reference price by hand; null means that there is none for now.</summary>
    public void SetReferencePrice(string symbol, Price? price) => Change(symbol, market => market.Reference.SetByHand(price));

    /// <summary>Restores the state of a symbol that has never had a reference price.</summary>
    public void RemoveReferencePrice(string symbol) => Change(symbol, market => market.Reference.Remove());

    /// <summary>Sets the PRICE_RANGE execution rule, as multiples of the reference price; null removes it.</summary>
    public void SetPriceRange(string symbol, (decimal Down, decimal Up)? range) => Change(symbol, market => market.PriceRange = range);

    /// <summary>Sends <c>serverShutdown</c> on every open connection: streams and WebSocket API.</summary>
    public void AnnounceShutdown()
    {
        _streams.AnnounceShutdown(VenueMessages.ServerShutdown(_nowMs()));
        _apiConnections.AnnounceShutdown(UserDataHub.ServerShutdown(_nowMs()));
    }

    /// <summary>Closes the connections on which a shutdown was announced; connections opened since remain.</summary>
    public void CloseAnnounced()
    {
        _streams.CloseAnnounced();
        _apiConnections.CloseAnnounced();
    }

    private void Change(string symbol, Action<SimulatedMarket> change)
    {
        lock (_gate)
        {
            change(_markets.TryGetValue(symbol, out var market)
                ? market
                : throw new ArgumentException($"the venue does not list {symbol}", nameof(symbol)));
        }
    }
}
