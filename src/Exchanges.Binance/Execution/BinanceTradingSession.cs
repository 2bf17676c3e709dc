using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Exchanges.Binance.Execution.Transport;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Execution;

/// <summary>
/// Sends signed requests to the venue: over the WebSocket API while it is open, otherwise by REST. Holds one account, its limits
/// and one clock offset.
/// </summary>
public sealed class BinanceTradingSession
{
    private readonly BinanceTradingOptions _options;
    private readonly BinanceRestClient _public;
    private readonly TimeProvider _time;
    private readonly EndpointBreakers _breakers;
    private readonly RestTransport _rest;
    private readonly SemaphoreSlim _measuring = new(1, 1);
    private ClockOffsetEstimator? _clock;

    public BinanceTradingSession(
        HttpClient http,
        BinanceRestClient publicClient,
        IOptions<BinanceTradingOptions> options,
        IOptions<BinanceOptions> binance,
        BinanceCredentials credentials,
        TimeProvider time)
    {
        _options = options.Value;
        _public = publicClient;
        _time = time;
        Credentials = credentials;
        Gate = new RequestGate(publicClient.Budget, _options.OrdersPerTenSecondsMax, time);
        _breakers = new EndpointBreakers(_options, time);
        _rest = new RestTransport(http, binance.Value.RestBaseAddress, credentials, Gate, time);
    }

    /// <summary>The venue's clock minus ours; zero until measured.</summary>
    public TimeSpan ClockOffset => _clock?.Offset ?? TimeSpan.Zero;

    internal BinanceCredentials Credentials { get; }

    internal RequestGate Gate { get; }

    /// <summary>The open WebSocket API connection; requests use REST while it is null.</summary>
    internal WebSocketApiConnection? Connection { get; set; }

    /// <summary>Sends a command once; a query falls back to REST.</summary>
    /// <param name="call">The venue's function.</param>
    /// <param name="parameters">Without time and signature.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="permit">Permit of an order; the transport uses it at the moment of sending.</param>
    internal Task<ApiResult> SendAsync(
        ApiCall call, RequestParameters parameters, CancellationToken cancellationToken, SendPermit? permit = null) =>
        _breakers.RunAsync(call, token => SendOnceAsync(call, parameters, permit, token), cancellationToken);

    /// <exception cref="ExecutionVenueException">The venue's clock cannot be read.</exception>
    internal async Task EnsureClockAsync(CancellationToken cancellationToken)
    {
        if (_clock is not null)
        {
            return;
        }

        await _measuring.WaitAsync(cancellationToken);
        try
        {
            if (_clock is null)
            {
                var estimator = new ClockOffsetEstimator();
                await _public.MeasureClockAsync(estimator, cancellationToken);
                _clock = estimator;
            }
        }
        catch (Exception e) when (e is MarketFeedException or BinanceApiException)
        {
            throw new ExecutionVenueException($"the venue's clock cannot be read: {e.Message}", e);
        }
        finally
        {
            _measuring.Release();
        }
    }

    internal async Task<ApiResult> SendOnAsync(
        WebSocketApiConnection connection, ApiCall call, RequestParameters parameters, CancellationToken cancellationToken)
    {
        await EnsureClockAsync(cancellationToken);
        return await connection.SendAsync(call, Timed(parameters), AnswerTimeout, cancellationToken);
    }

    private TimeSpan AnswerTimeout => _options.AnswerTimeout;

    private async Task<ApiResult> SendOnceAsync(
        ApiCall call, RequestParameters parameters, SendPermit? permit, CancellationToken cancellationToken)
    {
        try
        {
            await EnsureClockAsync(cancellationToken);
        }
        catch (ExecutionVenueException e)
        {
            return ApiResult.NotSent(e.Message);
        }

        if (await Gate.EnterAsync(call, cancellationToken) is { } closed)
        {
            return ApiResult.NotSent(closed);
        }

        var timed = Timed(parameters);
        var result = Connection is { IsOpen: true } connection
            ? await connection.SendAsync(call, timed, AnswerTimeout, cancellationToken, permit)
            : await _rest.SendAsync(call, timed, AnswerTimeout, cancellationToken, permit);
        Gate.Settle(call, result);
        if (result.Code == ErrorCodes.BadTimestamp)
        {
            _clock = null; // Measured again before the next request.
        }

        return result;
    }

    private RequestParameters Timed(RequestParameters parameters)
    {
        var timed = new RequestParameters();
        foreach (var (name, value) in parameters.Values)
        {
            timed.With(name, value);
        }

        return timed
            .With("recvWindow", _options.RecvWindowMs)
            .With("timestamp", (_time.GetUtcNow() + ClockOffset).ToUnixTimeMilliseconds());
    }
}
