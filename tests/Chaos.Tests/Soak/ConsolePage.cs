using System.Net.Http.Headers;

namespace BtcAgent.Chaos.Tests.Soak;

/// <summary>Sends the requests of an open console page at its rate; see <c>console.js</c>.</summary>
internal sealed class ConsolePage(Uri address, string key) : IDisposable
{
    /// <summary>Seconds between two requests for the models.</summary>
    private const int ModelsEvery = 5;

    private static readonly string[] Paths =
    [
        "status", "instruments/BINANCE:BTCUSDT?bars=180&depth=10", "portfolios/main?equity=true", "orders?limit=100",
        "decisions?limit=40&onlyWithOrders=false",
    ];

    private readonly HttpClient _http = new()
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(10),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    private long _answers;
    private long _failures;

    public long Answers => Interlocked.Read(ref _answers);

    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var second = 0; await NextAsync(timer, cancellationToken); second++)
        {
            await Task.WhenAll(Paths.Select(path => AskAsync(path, cancellationToken)));
            if (second % ModelsEvery == 0)
            {
                await AskAsync("models", cancellationToken);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task AskAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync($"/api/v1/{path}", cancellationToken);
            Interlocked.Increment(ref answer.IsSuccessStatusCode ? ref _answers : ref _failures);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            Interlocked.Increment(ref _failures);
        }
    }
}
