using System.Globalization;
using System.Net;

namespace BtcAgent.Testing;

/// <summary>A private InfluxDB 1.x on 127.0.0.1, removed with its data when disposed.</summary>
public sealed class InfluxServer : IAsyncDisposable
{
    private static readonly HttpClient Client = new();

    private readonly ServerProcess server = new("influxd", "influxdb", Arguments, AnswersAsync);

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}");

    /// <summary>Returns when the server answers. Skips the test with a reason if it is not installed.</summary>
    public Task StartAsync() => server.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static IEnumerable<string> Arguments(int port, string folder)
    {
        var config = Path.Combine(folder, "influxdb.conf");
        File.WriteAllText(config, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:0"
            [meta]
              dir = "{folder}/meta"
            [data]
              dir = "{folder}/data"
              wal-dir = "{folder}/wal"
            [monitor]
              store-enabled = false
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
            """);
        return ["run", "-config", config];
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var answer = await Client.GetAsync($"http://127.0.0.1:{port}/ping");
        return answer.StatusCode == HttpStatusCode.NoContent;
    }
}
