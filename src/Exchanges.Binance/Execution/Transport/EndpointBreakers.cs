using System.Collections.Concurrent;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Settings;
using Polly;
using Polly.CircuitBreaker;

namespace BtcAgent.Exchanges.Binance.Execution.Transport;

/// <summary>One circuit breaker for each of the venue's functions: pauses those that keep failing.</summary>
internal sealed class EndpointBreakers(BinanceTradingOptions options, TimeProvider time)
{
    private const int ThroughputMin = 10;
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, ResiliencePipeline<ApiResult>> _pipelines = new(StringComparer.Ordinal);

    public async Task<ApiResult> RunAsync(
        ApiCall call, Func<CancellationToken, Task<ApiResult>> send, CancellationToken cancellationToken)
    {
        var pipeline = _pipelines.GetOrAdd(call.Method, _ => Build());
        try
        {
            return await pipeline.ExecuteAsync(async token => await send(token), cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            return ApiResult.NotSent($"{call.Method} failed too often and pauses for {options.PauseSeconds} s");
        }
    }

    private ResiliencePipeline<ApiResult> Build() => new ResiliencePipelineBuilder<ApiResult> { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ApiResult>
        {
            FailureRatio = options.FailureRatioMax,
            MinimumThroughput = ThroughputMin,
            SamplingDuration = Sampling,
            BreakDuration = options.Pause,
            ShouldHandle = new PredicateBuilder<ApiResult>().HandleResult(result => result.Outcome == VenueOutcome.Unknown),
        }).Build();
}
