using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BtcAgent.Cli.Tests.Agents;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Operations;

/// <summary>
/// An agent in its own process that trades on the embedded venue, shared by the tests of the verbs: portfolio <c>main</c> trades every
/// few seconds by a rule, portfolio <c>second</c> waits for a trained model.
/// </summary>
public sealed class AgentFixture : IAsyncLifetime
{
    private const string Announcement = "Sign in:";

    private static readonly string[] Settings =
    [
        "Agent:Strategies:0:Name=restless", "Agent:Strategies:0:Model=ema-cross", "Agent:Strategies:0:Parameters:fast=1",
        "Agent:Strategies:0:Parameters:slow=2", "Agent:Signals:MinConfidence=0", "Agent:Signals:CoolDownMs=0",
        "Agent:Portfolios:1:Id=second", "Agent:Portfolios:1:QuoteAsset=USDT", "Agent:Portfolios:1:InitialBalances:USDT=50000",
        "Agent:Strategies:1:Name=momentum", "Agent:Strategies:1:Model=lightgbm", "Agent:Strategies:1:Fallback=flow-trend",
        "Agent:Strategies:1:Instrument=BINANCE:BTCUSDT", "Agent:Strategies:1:Portfolio=second", "Agent:UnprovenModelsTrade=true",
        "StarterModel:HistoryMinutes=60", "History:Parquet:FlushSeconds=1", "Logging:LogLevel:Default=Warning",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-operated-");
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process _process = null!;
    private HttpClient _http = null!;

    public Uri Url { get; private set; } = null!;

    public string DataFolder => _folder.FullName;

    public string KeyFile => Path.Combine(_folder.FullName, "operator.key");

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "BtcAgent.Silo.dll"), "--port", "0", "--data", _folder.FullName,
                .. Settings.SelectMany(setting => new[] { "--set", setting }),
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"the agent ended: {Said}"));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Url = await _address.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        _http = new HttpClient { BaseAddress = Url };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(KeyFile));
        await EventuallyAsync("a fill and a model", async () =>
        {
            var portfolio = await _http.GetFromJsonAsync<JsonElement>("/api/v1/portfolios/main");
            var models = await _http.GetFromJsonAsync<JsonElement>("/api/v1/models");
            return portfolio.GetProperty("portfolio").GetProperty("fillCount").GetInt32() > 0 && models.GetArrayLength() > 0;
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _http?.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Places an order as a program would, since the command line has no verb for it.</summary>
    public Task PlaceAsync(object order) => PostAsync("orders", order);

    /// <summary>Sends a command as a program would.</summary>
    public async Task PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/v1/{path}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Runs a command on this agent.</summary>
    internal CommandRun Run(params string[] arguments) => CommandRun.Of([.. arguments, "--url", $"{Url}", "--key-file", KeyFile]);

    internal Task EventuallyAsync(string what, Func<Task<bool>> condition) =>
        Eventually.TrueAsync(what, condition, TimeSpan.FromSeconds(90), () => Said);

    /// <summary>Everything that the agent has written to its console.</summary>
    internal string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    private void Keep(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (line?.Contains(Announcement, StringComparison.Ordinal) == true)
        {
            var address = new Uri(line[(line.IndexOf(Announcement, StringComparison.Ordinal) + Announcement.Length)..].Trim());
            _address.TrySetResult(new Uri(address.GetLeftPart(UriPartial.Authority)));
        }
    }
}
