using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using BtcAgent.Exchanges.Binance.Execution.Payloads;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Exchanges.Binance.Execution.Transport;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Execution;

/// <summary>Sends orders to Binance spot and reads the account.</summary>
public sealed class BinanceExecutionVenue(
    BinanceTradingSession session, UserDataWatch watch, IOptions<BinanceTradingOptions> options) : IExecutionVenue
{
    private const int TradesMax = 1_000;

    /// <summary>
    /// Added to the receive window: the venue's tolerance for fast clocks, and the error of our estimate of its clock.
    /// </summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);

    public TimeSpan RequestLifetime { get; } = options.Value.RecvWindow + ClockTolerance;

    public async Task<VenueAnswer> PlaceAsync(OrderIntent intent, SendPermit permit, CancellationToken cancellationToken)
    {
        var result = await session.SendAsync(ApiCall.Place, OrderParameters.Of(intent), cancellationToken, permit);
        return Answer(result, body => OrderPayloads.ReadPlaced(body, intent.Instrument));
    }

    public Task<VenueAnswer> CancelAsync(InstrumentId instrument, string clientOrderId, CancellationToken cancellationToken) =>
        CancelAsync(instrument, new RequestParameters().With("symbol", instrument.Symbol).With("origClientOrderId", clientOrderId), cancellationToken);

    public Task<VenueAnswer> CancelByVenueIdAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        CancelAsync(instrument, new RequestParameters().With("symbol", instrument.Symbol).With("orderId", venueOrderId), cancellationToken);

    private async Task<VenueAnswer> CancelAsync(InstrumentId instrument, RequestParameters parameters, CancellationToken cancellationToken)
    {
        var result = await session.SendAsync(ApiCall.Cancel, parameters, cancellationToken);
        return Answer(result, body => [OrderPayloads.ReadCanceled(body, instrument)]);
    }

    public Task<VenueOrder?> FindOrderAsync(InstrumentId instrument, string clientOrderId, CancellationToken cancellationToken) =>
        FindAsync(instrument, new RequestParameters().With("symbol", instrument.Symbol).With("origClientOrderId", clientOrderId), cancellationToken);

    public Task<VenueOrder?> FindOrderByVenueIdAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        FindAsync(instrument, new RequestParameters().With("symbol", instrument.Symbol).With("orderId", venueOrderId), cancellationToken);

    public async Task<string?> FindFirstNameAsync(InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        OrderPayloads.ReadFirstName(await AskAsync(
            ApiCall.Amendments, new RequestParameters().With("symbol", instrument.Symbol).With("orderId", venueOrderId), cancellationToken));

    public async Task<ImmutableArray<VenueOrder>> GetOpenOrdersAsync(InstrumentId instrument, CancellationToken cancellationToken) =>
        OrderPayloads.ReadOrders(
            await AskAsync(ApiCall.OpenOrders, new RequestParameters().With("symbol", instrument.Symbol), cancellationToken), instrument);

    public Task<ImmutableArray<VenueFill>> GetTradesAsync(
        InstrumentId instrument, long fromTradeId, CancellationToken cancellationToken) =>
        ReadTradesAsync(() => new RequestParameters().With("symbol", instrument.Symbol), fromTradeId, cancellationToken);

    public Task<ImmutableArray<VenueFill>> GetTradesOfOrderAsync(
        InstrumentId instrument, string venueOrderId, CancellationToken cancellationToken) =>
        ReadTradesAsync(
            () => new RequestParameters().With("symbol", instrument.Symbol).With("orderId", venueOrderId), 0, cancellationToken);

    /// <summary>
    /// Reads page by page until one is short or adds nothing new. The venue accepts an order's id together with a first
    /// trade id.
    /// </summary>
    private async Task<ImmutableArray<VenueFill>> ReadTradesAsync(
        Func<RequestParameters> question, long fromTradeId, CancellationToken cancellationToken)
    {
        var trades = ImmutableArray.CreateBuilder<VenueFill>();
        while (true)
        {
            var page = OrderPayloads.ReadTrades(await AskAsync(
                ApiCall.Trades, question().With("fromId", fromTradeId).With("limit", TradesMax), cancellationToken));
            trades.AddRange(page);
            if (page.Length < TradesMax || page[^1].TradeId < fromTradeId)
            {
                return trades.DrainToImmutable();
            }

            fromTradeId = page[^1].TradeId + 1;
        }
    }

    public async Task<long> GetLastTradeIdAsync(InstrumentId instrument, CancellationToken cancellationToken)
    {
        var last = OrderPayloads.ReadTrades(await AskAsync(
            ApiCall.Trades, new RequestParameters().With("symbol", instrument.Symbol).With("limit", 1), cancellationToken));
        return last.IsEmpty ? 0 : last[^1].TradeId;
    }

    public async Task<ImmutableSortedDictionary<string, decimal>> GetBalancesAsync(CancellationToken cancellationToken) =>
        OrderPayloads.ReadBalances(await AskAsync(
            ApiCall.Account, new RequestParameters().With("omitZeroBalances", "true"), cancellationToken));

    private async Task<VenueOrder?> FindAsync(InstrumentId instrument, RequestParameters parameters, CancellationToken cancellationToken)
    {
        var result = await session.SendAsync(ApiCall.Find, parameters, cancellationToken);
        return result.Code == ErrorCodes.NoSuchOrder ? null : OrderPayloads.ReadOrder(Body(ApiCall.Find, result), instrument);
    }

    private async Task<JsonElement> AskAsync(ApiCall call, RequestParameters parameters, CancellationToken cancellationToken) =>
        Body(call, await session.SendAsync(call, parameters, cancellationToken));

    private static JsonElement Body(ApiCall call, ApiResult result) => result.Outcome == VenueOutcome.Done
        ? result.Body!.Value
        : throw new ExecutionVenueException($"{call.Path} gave no answer: {result.Reason}");

    private VenueAnswer Answer(ApiResult result, Func<JsonElement, ImmutableArray<ExecutionReport>> read)
    {
        if (result.Outcome != VenueOutcome.Done)
        {
            return VenueAnswer.Not(result.Outcome, result.Reason);
        }

        try
        {
            var reports = read(result.Body!.Value);
            foreach (var report in reports)
            {
                watch.Expect(report.ClientOrderId, report.Kind);
            }

            return VenueAnswer.Done(reports);
        }
        catch (Exception e) when (JsonReading.IsOtherShape(e))
        {
            return VenueAnswer.Not(
                VenueOutcome.Unknown,
                string.Create(CultureInfo.InvariantCulture, $"the venue executed the request, but its answer cannot be read: {e.Message}"));
        }
    }
}
