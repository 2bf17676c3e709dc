using System.Globalization;
using System.Text.Json;
using BtcAgent.Domain.Instruments;
using BtcAgent.Exchanges.Binance.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>
/// The venue's public REST endpoints. Stays within the weight budget and honours the pauses that a 429 or 418 demands.
/// Source of paths and weights: Binance spot API documentation, "Market Data endpoints".
/// </summary>
public sealed class BinanceRestClient(HttpClient http, IOptions<BinanceOptions> options, TimeProvider time)
{
    private const string UsedWeightHeader = "X-MBX-USED-WEIGHT-1M";
    private const int ExchangeInfoWeight = 20;
    private const int TimeWeight = 1;
    private const int ReferencePriceWeight = 2;
    private const int BookTickerWeight = 2;
    private readonly BinanceOptions _options = options.Value;

    public WeightBudget Budget { get; } = new(options.Value.WeightPerMinuteMax, time);

    /// <exception cref="BinanceApiException">The venue refused the request.</exception>
    /// <exception cref="MarketFeedException">Not listed, or the venue cannot be reached.</exception>
    public async Task<TradingRules> GetTradingRulesAsync(
        InstrumentId instrument, CancellationToken cancellationToken) =>
        ExchangeInfo.Read(
            await GetAsync($"/api/v3/exchangeInfo?symbol={instrument.Symbol}", ExchangeInfoWeight, cancellationToken),
            instrument);

    /// <summary>
    /// Returns the price that the venue's price and notional filters refer to since 2026-05; null when the symbol has none
    /// now, or never had one (code −2043).
    /// </summary>
    /// <exception cref="BinanceApiException">The venue refused the request.</exception>
    /// <exception cref="MarketFeedException">The venue cannot be reached, or its answer has no price.</exception>
    public async Task<Price?> GetReferencePriceAsync(InstrumentId instrument, CancellationToken cancellationToken)
    {
        byte[] body;
        try
        {
            body = await GetAsync($"/api/v3/referencePrice?symbol={instrument.Symbol}", ReferencePriceWeight, cancellationToken);
        }
        catch (BinanceApiException refusal) when (refusal.Code == ErrorCodes.NoReferencePrice)
        {
            return null;
        }

        return ReferencePriceAnswer.Read(body);
    }

    /// <summary>The depth snapshot as JSON, for the frame parser and the tape.</summary>
    /// <exception cref="BinanceApiException">The venue refused the request.</exception>
    /// <exception cref="MarketFeedException">The venue cannot be reached.</exception>
    public Task<byte[]> GetDepthAsync(InstrumentId instrument, CancellationToken cancellationToken)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture, $"/api/v3/depth?symbol={instrument.Symbol}&limit={_options.SnapshotLevels}");
        return GetAsync(path, DepthWeight(_options.SnapshotLevels), cancellationToken);
    }

    /// <summary>Best bid and ask as JSON.</summary>
    /// <exception cref="BinanceApiException">The venue refused the request.</exception>
    /// <exception cref="MarketFeedException">The venue cannot be reached.</exception>
    public Task<byte[]> GetBookTickerAsync(InstrumentId instrument, CancellationToken cancellationToken) =>
        GetAsync($"/api/v3/ticker/bookTicker?symbol={instrument.Symbol}", BookTickerWeight, cancellationToken);

    /// <exception cref="BinanceApiException">The venue refused the request.</exception>
    /// <exception cref="MarketFeedException">The venue cannot be reached, or its answer is not a time.</exception>
    public async Task<Timestamp> GetTimeAsync(CancellationToken cancellationToken)
    {
        var body = await GetAsync("/api/v3/time", TimeWeight, cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(body);
            if (Frames.VenueTime.TryRead(document.RootElement.GetProperty("serverTime").GetInt64(), out var venueTime))
            {
                return venueTime;
            }
        }
        catch (Exception problem) when (IsOtherJson(problem))
        {
            throw NoTime(body, problem);
        }

        throw NoTime(body, null);
    }

    /// <summary>Adds samples of the venue's clock.</summary>
    /// <exception cref="BinanceApiException">The venue refused the request.</exception>
    /// <exception cref="MarketFeedException">The venue cannot be reached.</exception>
    public async Task MeasureClockAsync(ClockOffsetEstimator estimator, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _options.ClockSamples; i++)
        {
            var sentAt = time.GetUtcNow();
            var start = time.GetTimestamp();
            var venueTime = await GetTimeAsync(cancellationToken);
            estimator.Add(sentAt, venueTime.ToDateTimeOffset(), time.GetElapsedTime(start));
        }
    }

    private static int DepthWeight(int levels) => levels switch
    {
        <= 100 => 5,
        <= 500 => 25,
        <= 1_000 => 50,
        _ => 250,
    };

    private static bool IsOtherJson(Exception problem) =>
        problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException;

    private static MarketFeedException NoTime(byte[] body, Exception? problem) => new(
        $"the venue's time answer {Frames.FrameExcerpt.Of(body)} has no serverTime: "
        + "check Binance:RestBaseAddress", problem);

    private async Task<byte[]> GetAsync(string path, int weight, CancellationToken cancellationToken)
    {
        await Budget.SpendAsync(weight, cancellationToken);
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var address = new Uri(_options.RestBaseAddress, path);
        try
        {
            using var response = await http.GetAsync(address, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            TakeWeight(response);
            return response.IsSuccessStatusCode ? body : throw Refusal(response, address, body);
        }
        catch (HttpRequestException problem)
        {
            throw new MarketFeedException($"{address} cannot be reached: {problem.Message} "
                + "Check the network and Binance:RestBaseAddress", problem);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MarketFeedException($"{address} did not answer within {_options.RequestTimeoutSeconds} s: "
                + "check the network or raise Binance:RequestTimeoutSeconds", problem);
        }
    }

    private void TakeWeight(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues(UsedWeightHeader, out var values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var used))
        {
            Budget.Report(used);
        }
    }

    private BinanceApiException Refusal(HttpResponseMessage response, Uri address, byte[] body)
    {
        var (code, message) = ReadError(body);
        TimeSpan? retryAfter = null;
        var remedy = "check the request against the venue's documentation";
        if (RetryAfter.IsRateLimit((int)response.StatusCode))
        {
            retryAfter = RetryAfter.In(response.Headers, time) ?? RetryAfter.Default;
            Budget.Close(retryAfter.Value);
            remedy = $"no request is sent for {retryAfter.Value.TotalSeconds} s; lower Binance:WeightPerMinuteMax "
                + "if other programs share this address";
        }
        else if (code == -1121)
        {
            remedy = "check the instrument's name";
        }
        else if ((int)response.StatusCode == 451)
        {
            remedy = "the venue does not serve this location; set Binance:RestBaseAddress to one that does";
        }
        else if ((int)response.StatusCode >= 500)
        {
            remedy = "the venue has a failure: retrying with back-off";
        }

        return new BinanceApiException(
            response.StatusCode,
            code,
            $"{address} was refused with HTTP {(int)response.StatusCode}, code {code}: {message}; {remedy}",
            retryAfter);
    }

    private static (int Code, string Message) ReadError(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return (root.GetProperty("code").GetInt32(), root.GetProperty("msg").GetString() ?? "");
        }
        catch (Exception problem) when (IsOtherJson(problem))
        {
            // Proxies answer with HTML.
            return (0, Frames.FrameExcerpt.Of(body));
        }
    }
}
