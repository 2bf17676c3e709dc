using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Contracts.Features;
using BtcAgent.Domain.Features;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>The agent's state survives a restart, whether clean or after a kill.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-restart-");

    /// <summary>Features that are unknown for 15 s, or for 15 one-second bars, after a cold start.</summary>
    private static readonly string[] LongWindows = ["tfi_15s", "ofi_15s", "return_15", "ema_distance_10", "rsi_14"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Start_AfterKill_CashPositionOrdersHighWaterMarkAndBreakerAreBack()
    {
        JsonElement before;
        int orders;
        using (var process = StartProcess(out var address, RunningAgent.Restless))
        {
            using var http = new HttpClient { BaseAddress = await address };
            var key = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "operator.key"), Cancelled);
            http.DefaultRequestHeaders.Add("X-Operator-Key", key);
            await Eventually.TrueAsync(
                "a filled order",
                async () => (await PortfolioAsync(http)).GetProperty("fillCount").GetInt32() > 0,
                TimeSpan.FromSeconds(60));
            var halted = await http.PostAsJsonAsync("/api/v1/control/halt", new { reason = "before the kill" }, Cancelled);
            Assert.True(halted.IsSuccessStatusCode);
            before = await PortfolioAsync(http);
            orders = (await http.GetFromJsonAsync<JsonElement>("/api/v1/orders", Cancelled)).GetArrayLength();
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(Cancelled);
        }

        await using var agent = await RunningAgent.StartAsync(_folder.FullName, RunningAgent.Restless);
        var after = (await agent.GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio");
        Assert.Equal(before.GetProperty("balances").ToString(), after.GetProperty("balances").ToString());
        Assert.Equal(before.GetProperty("fillCount").GetInt32(), after.GetProperty("fillCount").GetInt32());
        Assert.True(after.GetProperty("highWaterMark").GetDecimal() >= before.GetProperty("highWaterMark").GetDecimal());
        Assert.Equal(orders, (await agent.GetAsync("/api/v1/orders")).GetArrayLength());
        var breaker = (await agent.GetAsync("/api/v1/status")).GetProperty("breakers").GetProperty("main");
        Assert.Equal("halted", breaker.GetProperty("mode").GetString());
        Assert.Contains("before the kill", breaker.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flatten_WithPosition_ClosesItAndResumeTradesAgain()
    {
        await using var agent = await RunningAgent.StartAsync(_folder.FullName, RunningAgent.Restless);
        await Eventually.TrueAsync("a position", async () => await PositionAsync(agent) > 0, TimeSpan.FromSeconds(60));

        Assert.True((await agent.Http.PostAsJsonAsync("/api/v1/control/flatten", new { reason = "close it" }, Cancelled)).IsSuccessStatusCode);
        await Eventually.TrueAsync("flat", async () => await PositionAsync(agent) < 0.0001m, TimeSpan.FromSeconds(20));
        var fills = (await PortfolioAsync(agent.Http)).GetProperty("fillCount").GetInt32();
        Assert.True((await agent.Http.PostAsJsonAsync("/api/v1/control/resume", new { reason = "resume" }, Cancelled)).IsSuccessStatusCode);
        await Eventually.TrueAsync(
            "another fill",
            async () => (await PortfolioAsync(agent.Http)).GetProperty("fillCount").GetInt32() > fills,
            TimeSpan.FromSeconds(60));
    }

    /// <summary>Windows of 15 s are known at the first sample after a kill, although fewer than 15 s have passed.</summary>
    [Fact]
    public async Task Start_AfterKill_FeaturesContinueFromTheirSnapshot()
    {
        KeyValuePair<string, string?>[] often = [.. RunningAgent.Restless, new("Agent:SnapshotSeconds", "1")];
        using (var process = StartProcess(out var address, often))
        {
            using var http = new HttpClient { BaseAddress = await address };
            http.DefaultRequestHeaders.Add(
                "X-Operator-Key", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "operator.key"), Cancelled));
            await Eventually.TrueAsync("a decision on known windows", async () => await KnowsLongWindowsAsync(http), TimeSpan.FromSeconds(90));
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(Cancelled);
        }

        await using var agent = await RunningAgent.StartAsync(_folder.FullName, often);
        var features = agent.Services.GetRequiredService<IGrainFactory>().GetGrain<IFeatureGrain>("BINANCE:BTCUSDT");
        FeatureSample? first = null;
        await Eventually.TrueAsync("a sample", async () => (first = await features.GetLastSample()) is not null, TimeSpan.FromSeconds(60));

        var schema = FeatureSchema.Create(new FeatureOptions());
        Assert.All(LongWindows, name => Assert.False(float.IsNaN(first!.Values[schema.IndexOf(name)]), name));
        var counters = (await features.WaitFor(0, 0)).Counters;
        Assert.True(counters.Samples > 15, $"{counters.Samples} samples, of both runs together");
    }

    private static async Task<bool> KnowsLongWindowsAsync(HttpClient http)
    {
        var decisions = await http.GetFromJsonAsync<JsonElement>("/api/v1/decisions?limit=1", Cancelled);
        if (decisions.EnumerateArray().FirstOrDefault() is not { ValueKind: JsonValueKind.Object } newest)
        {
            return false;
        }

        var view = await http.GetFromJsonAsync<JsonElement>($"/api/v1/decisions/{newest.GetProperty("id").GetProperty("text").GetString()}", Cancelled);
        return view.GetProperty("features").EnumerateArray()
            .Where(feature => LongWindows.Contains(feature.GetProperty("name").GetString()))
            .All(feature => feature.GetProperty("value").ValueKind == JsonValueKind.Number);
    }

    private static async Task<decimal> PositionAsync(RunningAgent agent) =>
        (await PortfolioAsync(agent.Http)).GetProperty("positions").EnumerateArray()
            .Sum(p => p.GetProperty("quantity").GetDecimal());

    private static async Task<JsonElement> PortfolioAsync(HttpClient http) =>
        (await http.GetFromJsonAsync<JsonElement>("/api/v1/portfolios/main", Cancelled)).GetProperty("portfolio");

    private Process StartProcess(out Task<Uri> address, IEnumerable<KeyValuePair<string, string?>> overrides)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "BtcAgent.Silo.dll"), "--port", "0", "--data", _folder.FullName];
        foreach (var argument in arguments.Concat(overrides.SelectMany(s => new[] { "--set", $"{s.Key}={s.Value}" })))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        address = ReadAddressAsync(process);
        return process;
    }

    private static async Task<Uri> ReadAddressAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync(Cancelled) is { } line)
        {
            if (line.Contains("Sign in:", StringComparison.Ordinal))
            {
                return new Uri(new Uri(line.Split("Sign in:")[1].Trim()).GetLeftPart(UriPartial.Authority));
            }
        }

        throw new InvalidOperationException($"the agent ended: {await process.StandardError.ReadToEndAsync(Cancelled)}");
    }
}
