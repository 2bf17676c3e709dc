using System.Text.Json;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Exchanges.Binance.Frames;
using BtcAgent.Exchanges.Binance.Rest;

namespace BtcAgent.Exchanges.Binance.Execution.Transport;

/// <summary>Sends signed requests over REST.</summary>
internal sealed class RestTransport(
    HttpClient http, Uri baseAddress, BinanceCredentials credentials, RequestGate gate, TimeProvider time)
{
    /// <param name="call">The venue's function.</param>
    /// <param name="parameters">With <c>timestamp</c> and <c>recvWindow</c>, unsigned.</param>
    /// <param name="timeout">Time limit; after it the outcome is unknown.</param>
    /// <param name="cancellationToken">Cancels the request; its outcome is then unknown as well.</param>
    /// <param name="permit">Permit of an order: nothing is sent after its withdrawal.</param>
    public async Task<ApiResult> SendAsync(
        ApiCall call, Signing.RequestParameters parameters, TimeSpan timeout, CancellationToken cancellationToken, SendPermit? permit = null)
    {
        var query = parameters.ToQuery();
        var signature = Uri.EscapeDataString(credentials.Signer.Sign(query));
        using var request = new HttpRequestMessage(call.Verb, new Uri(baseAddress, $"{call.Path}?{query}&signature={signature}"));
        request.Headers.Add("X-MBX-APIKEY", credentials.ApiKey);
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        if (permit is not null && !permit.TryUse(Timestamp.FromDateTimeOffset(time.GetUtcNow()), out var refusal))
        {
            return ApiResult.NotSent(refusal);
        }

        try
        {
            using var response = await http.SendAsync(request, either.Token);
            gate.Read(response.Headers);
            return Read(response, await response.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            return ApiResult.NotSent($"the venue cannot be reached by REST: {e.Message}");
        }
        catch (HttpRequestException e)
        {
            return ApiResult.Unanswered($"the REST connection broke: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return ApiResult.Unanswered($"no answer by REST within {timeout.TotalSeconds} s");
        }
    }

    private ApiResult Read(HttpResponseMessage response, byte[] body)
    {
        JsonElement json;
        try
        {
            json = JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            if (RetryAfter.IsRateLimit((int)response.StatusCode))
            {
                gate.Pause(ordersOnly: false, RetryAfter.In(response.Headers, time)); // A proxy may send the header, too.
            }

            return ApiResult.Refusal((int)response.StatusCode, 0, FrameExcerpt.Of(body));
        }

        if (response.IsSuccessStatusCode)
        {
            return ApiResult.Done(json);
        }

        var (code, message) = ErrorBody.Read(json);
        if (RetryAfter.IsRateLimit((int)response.StatusCode))
        {
            gate.Pause(ordersOnly: code == ErrorCodes.TooManyOrders, RetryAfter.In(response.Headers, time));
        }

        return ApiResult.Refusal((int)response.StatusCode, code, message, json);
    }
}
