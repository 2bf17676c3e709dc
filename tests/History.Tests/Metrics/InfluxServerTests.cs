using System.Diagnostics.Metrics;
using System.Text.Json;
using BtcAgent.Domain;
using BtcAgent.History.Metrics;
using BtcAgent.Testing;

namespace BtcAgent.History.Tests.Metrics;

/// <summary>Writes to an InfluxDB 1.6 and, by the API of 2.x, to a VictoriaMetrics.</summary>
public sealed class InfluxServerTests
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_700_000_000_000);

    [Fact]
    public async Task Write_InfluxDb_HoldsEachPointOnce()
    {
        await using var server = new InfluxServer();
        await server.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var writer = new InfluxWriter(new InfluxOptions { Url = server.Url, Database = "agent" });
        var lines = Lines();

        var missing = await writer.WriteAsync(lines, default);
        Assert.Equal(InfluxOutcomeKind.Refused, missing.Kind);
        Assert.Contains("has no database 'agent' (404 database not found", missing.Problem!, StringComparison.Ordinal);

        using var created = await http.PostAsync("/query?q=CREATE%20DATABASE%20agent", null);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(new InfluxOutcome(InfluxOutcomeKind.Stored), await writer.WriteAsync(lines, default));
            Assert.Equal(new List<double> { 20, 20 }, await SelectAsync("SELECT count(\"total\"), max(\"total\") FROM \"trading.execution\" WHERE metric='orders'"));
            Assert.Equal(new List<double> { 20, 40 }, await SelectAsync("SELECT count(\"p99\"), sum(\"count\") FROM \"system.latency\" WHERE stage='a b,c=d'"));
        }

        var conflict = await writer.WriteAsync(["trading.execution,metric=orders total=\"text\" 1", "trading.execution,metric=orders total=7 1"], default);
        Assert.Equal(InfluxOutcomeKind.Unusable, conflict.Kind);
        Assert.Contains("refuses points (400 field type conflict)", conflict.Problem!, StringComparison.Ordinal);

        async Task<List<double>> SelectAsync(string query)
        {
            using var json = JsonDocument.Parse(await http.GetStringAsync($"/query?db=agent&epoch=s&q={Uri.EscapeDataString(query)}"));
            return [.. json.RootElement.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values")[0]
                .EnumerateArray().Skip(1).Select(value => value.GetDouble())];
        }
    }

    [Fact]
    public async Task Write_VictoriaMetrics_HoldsEachPoint()
    {
        await using var server = new VictoriaServer();
        await server.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var writer = new InfluxWriter(new InfluxOptions { Url = server.Url, Bucket = "agent" });
        Assert.Equal(new InfluxOutcome(InfluxOutcomeKind.Stored), await writer.WriteAsync(Lines(), default));
        using var flushed = await http.GetAsync("/internal/force_flush"); // Makes new points visible at once.
        await Eventually.TrueAsync("the points are visible", async () => await CountAsync("trading.execution_total") == 20, TimeSpan.FromSeconds(30));
        Assert.Equal(20, await CountAsync("system.latency_p99"));

        async Task<int> CountAsync(string name)
        {
            var selector = Uri.EscapeDataString($$"""{__name__="{{name}}"}""");
            var text = await http.GetStringAsync($"/api/v1/export?start=1600000000&match[]={selector}");
            return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(line =>
            {
                using var json = JsonDocument.Parse(line);
                return json.RootElement.GetProperty("values").GetArrayLength();
            });
        }
    }

    /// <summary>Twenty intervals of a counter and of a histogram with an awkward tag.</summary>
    private static List<string> Lines()
    {
        using var meter = new Meter("test");
        using var reader = new MeterReader("n", one => ReferenceEquals(one, meter));
        var orders = meter.CreateCounter<long>("orders");
        var latency = meter.CreateHistogram<double>("latency");
        List<string> lines = [];
        for (var i = 0; i < 20; i++)
        {
            orders.Add(1);
            latency.Record(i, new KeyValuePair<string, object?>("stage", "a b,c=d"));
            latency.Record(i, new KeyValuePair<string, object?>("stage", "a b,c=d"));
            lines.AddRange(reader.Read(Start + TimeSpan.FromSeconds(10 * i)));
        }

        return lines;
    }
}
