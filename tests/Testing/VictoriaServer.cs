using System.Globalization;

namespace BtcAgent.Testing;

/// <summary>A private VictoriaMetrics on 127.0.0.1, which takes writes by the API of InfluxDB 2.x; removed with its data when disposed.</summary>
public sealed class VictoriaServer : IAsyncDisposable
{
    private static readonly HttpClient Client = new();

    private readonly ServerProcess server = new("victoria-metrics", "victoria-metrics", Arguments, AnswersAsync);

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}");

    /// <summary>Returns when the server answers. Skips the test with a reason if it is not installed.</summary>
    public Task StartAsync() => server.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static IEnumerable<string> Arguments(int port, string folder) =>
        [$"-httpListenAddr=127.0.0.1:{port}", $"-storageDataPath={folder}/data", "-retentionPeriod=100y", "-search.latencyOffset=0s"];

    private static async Task<bool> AnswersAsync(int port)
    {
        using var answer = await Client.GetAsync($"http://127.0.0.1:{port}/health");
        return answer.IsSuccessStatusCode;
    }
}
