using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace BtcAgent.Cli.Tests.Backtests;

/// <summary><c>backtest --bars</c> as a user calls it.</summary>
public sealed class BarBacktestCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-bars-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(60_000)]
    [InlineData(0.00002)]
    [InlineData(25_000_000)]
    public void Backtest_NothingButBars_TradesAtAnyPrice(double price)
    {
        var (code, output, error) = Run("backtest", "--bars", WriteBars("any.csv", price, 300), "--strategy", "ema-cross", "--json");

        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        Assert.True(json.RootElement.GetProperty("roundTrips").GetInt32() > 3);
        Assert.True(json.RootElement.GetProperty("refusals").GetProperty("LONG_ONLY").GetInt32() > 3);
        Assert.Equal(0, json.RootElement.GetProperty("finalBase").GetDecimal());
        Assert.Contains("risk limits", json.RootElement.GetProperty("notChecked").EnumerateArray().Select(e => e.GetString()));
    }

    [Theory]
    [InlineData("--cash 1 --quantity 0.5", "start with more --cash")]
    [InlineData("--cash 0", "start with more --cash")]
    [InlineData("--quantity 5 --base 1 --cash 1000000", "start with --base")]
    public void Backtest_FirstOrderNotPayable_FailsAndSaysHowToFixIt(string options, string expected)
    {
        var (code, output, error) = Run(["backtest", "--bars", WriteBars("bars.csv", 60_000, 300), .. options.Split(' ')]);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Backtest_RuleThatNeverTrades_SaysSo()
    {
        var (code, output, _) = Run("backtest", "--bars", WriteBars("bars.csv", 60_000, 300), "--fast", "2000", "--slow", "3000");

        Assert.Equal(0, code);
        Assert.Contains("Nothing was traded: in 300 steps", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--quantity 1 --fraction 0.5", "give either --quantity or --fraction")]
    [InlineData("--fraction 1.5", "fraction must be above 0 and at most 1")]
    [InlineData("--fraction half", "--fraction needs a fraction such as 0.02 or 2%, not 'half'")]
    [InlineData("--stop-loss 150%", "stop-loss must be above 0 and below 1")]
    [InlineData("--trailing-offset 0.1", "needs a trailing-stop")]
    [InlineData("--timerange 2021", "'2021' is not a time range")]
    [InlineData("--timerange 20210601-20210101", "not after its start")]
    public void Backtest_WrongOption_ExitsWithTwoAndSaysWhy(string options, string expected)
    {
        var (code, output, error) = Run(["backtest", "--bars", WriteBars("bars.csv", 60_000, 30), .. options.Split(' ')]);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Backtest_TimeRange_UsesOnlyItsBars()
    {
        var bars = WriteBars("bars.csv", 60_000, 300);

        var (code, output, error) = Run("backtest", "--bars", bars, "--timerange", "1600000080-2020-09-13T15:00", "--json");

        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(152, json.RootElement.GetProperty("steps").GetInt32());
        var (failed, _, why) = Run("backtest", "--bars", bars, "--timerange", "20250101-");
        Assert.Equal(1, failed);
        Assert.Contains("the bars cover 2020-09-13", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Backtest_FilesOutOfOrder_AreMergedAndGapsNamed()
    {
        var bars = File.ReadAllLines(WriteBars("bars.csv", 60_000, 300));
        File.WriteAllLines(In("b.csv"), [bars[0], .. bars[201..301]]);
        File.WriteAllLines(In("a.csv"), [bars[0], .. bars[1..191]]);

        var (code, output, error) = Run("backtest", "--bars", In("b.csv"), In("a.csv"), "--json");

        Assert.True(code == 0, error);
        var source = JsonDocument.Parse(output).RootElement.GetProperty("source").GetString();
        Assert.Contains("290 bars of 00:01:00 from b.csv, a.csv, 10 missing; gap of 10 bars between a.csv", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Backtest_TwoInstruments_ReportsEachAndTheTotal()
    {
        string[] call = ["backtest", "--bars", $"BINANCE:BTCUSDT={WriteBars("a.csv", 60_000, 300)}", $"BINANCE:ETHUSDT={WriteBars("b.csv", 3_000, 250)}"];

        var (code, output, error) = Run([.. call, "--report", In("r.html"), "--json"]);

        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        var parts = json.RootElement.GetProperty("instruments").EnumerateArray().ToArray();
        Assert.Equal(["BINANCE:BTCUSDT", "BINANCE:ETHUSDT"], parts.Select(p => p.GetProperty("instrument").GetString()));
        Assert.Equal(550, json.RootElement.GetProperty("steps").GetInt32());
        Assert.Equal(
            json.RootElement.GetProperty("finalCash").GetDecimal() - json.RootElement.GetProperty("initialCash").GetDecimal(),
            parts.Sum(p => p.GetProperty("netPnl").GetDecimal()));
        var text = Run(call).Output;
        Assert.Contains("BINANCE:ETHUSDT", text, StringComparison.Ordinal);
        Assert.Contains("total", text, StringComparison.Ordinal);
        Assert.Equal(2, Run([.. call, "--base", "1"]).Code);
    }

    [Fact]
    public void Backtest_Exits_AreCountedByReason()
    {
        var (code, output, error) = Run(
            "backtest", "--bars", WriteBars("bars.csv", 60_000, 600), "--stop-loss", "0.1%", "--take-profit", "0.4%", "--report", In("r.html"), "--json");

        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        var exits = json.RootElement.GetProperty("exits").EnumerateArray().ToDictionary(
            e => e.GetProperty("reason").GetString()!, e => e.GetProperty("roundTrips").GetInt32());
        Assert.True(exits["stop-loss"] > 0 && exits["take-profit"] > 0);
        Assert.Equal(json.RootElement.GetProperty("roundTrips").GetInt32(), exits.Values.Sum());
        using var report = JsonDocument.Parse(File.ReadAllText(In("r.json")));
        Assert.Equal(
            exits["stop-loss"],
            report.RootElement.GetProperty("roundTrips").EnumerateArray().Count(t => t.GetProperty("exit").GetString() == "stop-loss"));
        Assert.Contains("stop-loss", File.ReadAllText(In("r.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Backtest_Rules_PassTheAgentsChecksAndCountRefusals()
    {
        string[] call = ["backtest", "--bars", WriteBars("bars.csv", 60_000, 300), "--rules"];

        var (code, output, error) = Run([.. call, "--set", "Agent:Limits:MaxPositionNotional=3000", "--report", In("r.html"), "--json"]);

        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        Assert.True(json.RootElement.GetProperty("fills").GetInt32() > 3);
        Assert.Equal(19, json.RootElement.GetProperty("refusals").GetProperty("MODEL_NOT_READY").GetInt32());
        Assert.Equal(64, json.RootElement.GetProperty("decisionsHash").GetString()!.Length);
        Assert.DoesNotContain("risk limits", json.RootElement.GetProperty("notChecked").EnumerateArray().Select(e => e.GetString()));
        using var report = JsonDocument.Parse(File.ReadAllText(In("r.json")));
        var settings = report.RootElement.GetProperty("settings");
        Assert.Contains("MaxPositionNotional 3000", settings.GetProperty("risk limits").GetString(), StringComparison.Ordinal);
        Assert.Contains("lot 0.00001", settings.GetProperty("venue filters BINANCE:BTCUSDT").GetString(), StringComparison.Ordinal);
        Assert.All(
            report.RootElement.GetProperty("fills").EnumerateArray(),
            f => Assert.True(f.GetProperty("price").GetDecimal() * f.GetProperty("quantity").GetDecimal() < 3_100));
    }

    [Fact]
    public void Backtest_RulesOfAnotherInstrument_NeedItsFilters()
    {
        File.WriteAllText(In("info.json"), """
            {"symbols":[{"symbol":"ETHUSDT","status":"TRADING","baseAsset":"ETH","quoteAsset":"USDT","orderTypes":["MARKET"],"permissions":["SPOT"],
            "filters":[{"filterType":"LOT_SIZE","minQty":"0.5","maxQty":"9000","stepSize":"0.5"},
            {"filterType":"PRICE_FILTER","tickSize":"0.10","minPrice":"0.10","maxPrice":"100000"}]}]}
            """);
        string[] call = ["backtest", "--bars", WriteBars("bars.csv", 3_000, 300), "--instrument", "BINANCE:ETHUSDT", "--rules", "--report", In("r.html")];

        var (refused, _, why) = Run(call);
        var (code, _, error) = Run([.. call, "--venue-filters", In("info.json")]);

        Assert.Equal(2, refused);
        Assert.Contains("--rules needs --venue-filters FILE for BINANCE:ETHUSDT", why, StringComparison.Ordinal);
        Assert.True(code == 0, error);
        using var report = JsonDocument.Parse(File.ReadAllText(In("r.json")));
        var fills = report.RootElement.GetProperty("fills").EnumerateArray().ToArray();
        Assert.NotEmpty(fills);
        Assert.All(fills, f => Assert.Equal((0m, 0m), (f.GetProperty("quantity").GetDecimal() % 0.5m, f.GetProperty("price").GetDecimal() % 0.1m)));
    }

    [Theory]
    [InlineData("--set Limits:MaxSpreadBps=5", "need --rules")]
    [InlineData("--rules --quantity 1", "the agent's sizing decides")]
    [InlineData("--rules --set Limits:MaxSpread=5", "--set Limits: there is no setting 'MaxSpread'; there are ")]
    [InlineData("--rules --set Limits:MaxSpreadBps=wide", "--set Limits: MaxSpreadBps is 'wide': expected a number")]
    [InlineData("--rules --set Sizing:Fraction=50", "--set Sizing: Fraction is 50: the range is 0 to 10")]
    [InlineData("--rules --set Fraction=0.5", "--set needs SECTION:NAME=VALUE")]
    [InlineData("--rules --venue-filters nowhere.json", "there is no file 'nowhere.json'")]
    public void Backtest_WrongRules_ExitsWithTwoAndSaysWhy(string options, string expected)
    {
        var (code, output, error) = Run(["backtest", "--bars", WriteBars("bars.csv", 60_000, 30), .. options.Split(' ')]);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Backtest_Sweep_TriesEveryCombinationAndShowsTheBest()
    {
        string[] call = ["backtest", "--bars", WriteBars("bars.csv", 60_000, 600), "--sweep", "fast=2..8:2", "--sweep", "slow=4,8,20"];

        var (code, output, error) = Run([.. call, "--report", In("r.html"), "--save", In("r.json.gz"), "--json"]);

        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        var sweep = json.RootElement.GetProperty("sweep");
        Assert.Equal((8, 4), (sweep.GetProperty("tried").GetInt32(), sweep.GetProperty("skipped").GetInt32()));
        var rows = sweep.GetProperty("rows").EnumerateArray().ToArray();
        var sharpes = rows.Select(r => r.GetProperty("sharpe").GetDouble()).ToArray();
        Assert.Equal(8, rows.Length);
        Assert.Equal(sharpes.OrderDescending(), sharpes);
        var best = rows[0].GetProperty("values").EnumerateArray().Select(v => v.GetInt32()).ToArray();
        Assert.Equal($"ema-cross({best[0]},{best[1]})", json.RootElement.GetProperty("strategy").GetString());
        using var alone = JsonDocument.Parse(Run([.. call[..3], "--fast", $"{best[0]}", "--slow", $"{best[1]}", "--json"]).Output);
        Assert.Equal(alone.RootElement.GetProperty("finalCash").GetRawText(), json.RootElement.GetProperty("finalCash").GetRawText());
        var page = File.ReadAllText(In("r.html"));
        Assert.Contains("fast down, slow across", page, StringComparison.Ordinal);
        Assert.Contains("for 8 trials", page, StringComparison.Ordinal);
        Assert.Equal(0, Run("report", In("r.json.gz"), "--out", In("again.html")).Code);
        Assert.Equal(page, File.ReadAllText(In("again.html")));
        Assert.Contains("The best of 8 tries looks better than it is", Run(call).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Backtest_SweepWithRules_TriesThemToo()
    {
        var (code, output, error) = Run(
            "backtest", "--bars", WriteBars("bars.csv", 60_000, 200), "--rules", "--sweep", "fast=3,5", "--sweep", "slow=9", "--json");

        Assert.True(code == 0, error);
        Assert.Equal(2, JsonDocument.Parse(output).RootElement.GetProperty("sweep").GetProperty("tried").GetInt32());
    }

    [Theory]
    [InlineData("--sweep fast", "--sweep needs NAME=FROM..TO:STEP")]
    [InlineData("--sweep fast=9..5", "--sweep needs NAME=FROM..TO:STEP")]
    [InlineData("--sweep fast=5..9:0", "--sweep needs NAME=FROM..TO:STEP")]
    [InlineData("--sweep fast=1..100 --sweep slow=101..200", "asks for 10,000 combinations, at most 2,000")]
    [InlineData("--sweep fast=1,2 --sweep fast=3", "gives the parameter fast twice")]
    [InlineData("--sweep fast=30,40", "none of 2 combinations is valid: ema-cross needs 1 <= fast < slow")]
    [InlineData("--sweep speed=1,2", "none of 2 combinations is valid")]
    public void Backtest_WrongSweep_ExitsWithTwoAndSaysWhy(string options, string expected)
    {
        var (code, output, error) = Run(["backtest", "--bars", WriteBars("bars.csv", 60_000, 30), .. options.Split(' ')]);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = CommandTree.Invoke(args, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>One-minute bars from 2020-09-13T12:27 on that swing in waves of about forty minutes.</summary>
    private string WriteBars(string name, double price, int count)
    {
        var random = new Random(3);
        var lines = new List<string> { "time,open,high,low,close,volume" };
        var close = price;
        for (var i = 0; i < count; i++)
        {
            var open = close;
            close = price * (1 + (0.01 * Math.Sin(i / 6.0)) + (0.002 * (random.NextDouble() - 0.5)));
            string[] prices = [.. new[] { open, Math.Max(open, close) * 1.001, Math.Min(open, close) * 0.999, close }
                .Select(p => p.ToString("F8", CultureInfo.InvariantCulture))];
            lines.Add($"{1_600_000_020 + (i * 60)},{string.Join(',', prices)},10");
        }

        File.WriteAllLines(In(name), lines);
        return In(name);
    }
}
