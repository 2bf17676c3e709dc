using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace BtcAgent.Cli.Downloads;

/// <summary>
/// Asks a server of the venue: waits when its own count of the requests' weight comes near the limit, and as long as it wishes after 429
/// and 418; tries again after a failure.
/// </summary>
internal sealed class WeightedClient : IDisposable
{
    private const string WeightHeader = "X-MBX-USED-WEIGHT-1M";
    private const int AttemptsMax = 5;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(10);

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly int _weightMax;
    private readonly TimeProvider _time;

    /// <param name="weightMax">Weight in a minute from which it waits for the next minute.</param>
    /// <param name="time">Clock of waiting.</param>
    public WeightedClient(int weightMax, TimeProvider time) => (_weightMax, _time) = (weightMax, time);

    /// <summary>The answer's head; null for 404. The caller disposes it.</summary>
    /// <exception cref="DownloadException">The server refuses, or does not answer after several attempts.</exception>
    public async Task<HttpResponseMessage?> GetAsync(Uri address, long from, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            string problem;
            var pause = TimeSpan.FromSeconds(1 << attempt);
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.Range = from > 0 ? new RangeHeaderValue(from, null) : null;
                var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    await WaitForWeightAsync(answer, cancellationToken);
                    return answer;
                }

                using (answer)
                {
                    problem = string.Create(CultureInfo.InvariantCulture, $"{address} answers {(int)answer.StatusCode}");
                    switch (answer.StatusCode)
                    {
                        case HttpStatusCode.NotFound or HttpStatusCode.RequestedRangeNotSatisfiable:
                            return null;
                        case HttpStatusCode.TooManyRequests or (HttpStatusCode)418:
                            pause = answer.Headers.RetryAfter?.Delta ?? Minute;
                            break;
                        case < HttpStatusCode.InternalServerError:
                            throw new DownloadException($"{problem}: correct --symbol, --interval or the base address");
                    }
                }
            }
            catch (HttpRequestException e)
            {
                problem = $"{address} does not answer ({e.Message})";
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                problem = $"{address} did not answer within {_client.Timeout.TotalSeconds:F0} s";
            }

            if (attempt == AttemptsMax || pause > WaitMax)
            {
                throw new DownloadException($"{problem}; run the command again later, it continues where it was");
            }

            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task WaitForWeightAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Headers.TryGetValues(WeightHeader, out var values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var weight) && weight >= _weightMax)
        {
            // The venue counts by minutes of its clock.
            var now = _time.GetUtcNow();
            await Task.Delay(Minute - TimeSpan.FromTicks(now.Ticks % Minute.Ticks), _time, cancellationToken);
        }
    }
}
