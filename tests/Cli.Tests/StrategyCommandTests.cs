using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests;

/// <summary>From an empty folder to a backtest, as docs/strategies.md describes it.</summary>
public sealed class StrategyCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-strategy-cli-");

    private string Strategies => Path.Combine(_folder.FullName, "strategies");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void New_NameOnly_WritesAStrategyThatChecksAndTradesOverBars()
    {
        var created = Json("strategy", "new", "my-average", "--dir", Strategies);
        var file = created.GetProperty("files")[0].GetString()!;
        var check = Json("strategy", "check", file);
        var hash = check.GetProperty("strategy").GetProperty("sourceHash").GetString()!;

        Assert.Equal($"my-average@{hash[..12]}", check.GetProperty("liveName").GetString());
        Assert.Equal(0, check.GetProperty("warnings").GetArrayLength());
        Assert.Equal(
            ["ema-cross", "flow-momentum", "flow-trend", "my-average"],
            Json("strategy", "list", "--strategies", Strategies).GetProperty("strategies").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        var result = Json(
            "backtest", "--strategies", Strategies, "--strategy", "my-average", "--param", "length=3", "--bars", Bars(), "--base", "1");

        Assert.Equal("my-average(60,3,5)", result.GetProperty("strategy").GetString());
        Assert.True(result.GetProperty("orders").GetInt32() > 20, result.GetRawText());
    }

    [Fact]
    public void Backtest_Tape_RunsTheSameStrategy()
    {
        var tape = RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz");
        Json("strategy", "new", "my-average", "--dir", Strategies);

        var result = Json(
            "backtest", "--strategies", Strategies, "--strategy", "my-average", "--param", "length=5", "--param", "barSeconds=5", "--tape", tape);

        Assert.Equal("my-average(5,5,5)", result.GetProperty("strategy").GetString());
        Assert.True(result.GetProperty("fills").GetInt32() > 0, result.GetRawText());
    }

    [Fact]
    public void Check_DoesNotCompile_ExitsWithOneAndSaysFileAndLine()
    {
        var file = Json("strategy", "new", "broken", "--dir", Strategies).GetProperty("files")[0].GetString()!;
        File.WriteAllText(file, File.ReadAllText(file).Replace("bar.Close", "bar.Closing", StringComparison.Ordinal));
        var line = File.ReadLines(file).TakeWhile(text => !text.Contains("bar.Closing", StringComparison.Ordinal)).Count() + 1;

        foreach (var command in new string[][] { ["strategy", "check", file], ["backtest", "--strategies", Strategies, "--strategy", "broken", "--bars", Bars()] })
        {
            var (code, output, error) = Run(command);

            Assert.Equal((1, ""), (code, output));
            Assert.Contains(FormattableString.Invariant($"{file}({line},"), error, StringComparison.Ordinal);
            Assert.Contains("'Bar' does not contain a definition for 'Closing'", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Backtest_StrategyThrows_ExitsWithOneAndSaysBarAndLine()
    {
        var file = Json("strategy", "new", "faulty", "--dir", Strategies).GetProperty("files")[0].GetString()!;
        File.WriteAllText(file, File.ReadAllText(file).Replace(
            "var close = bar.Close.ToDouble();",
            "var close = bar.Close.ToDouble() < 20_000 ? throw new InvalidOperationException(\"too cheap\") : bar.Close.ToDouble();",
            StringComparison.Ordinal));

        var (code, _, error) = Run("backtest", "--strategies", Strategies, "--strategy", "faulty", "--bars", Bars());

        Assert.Equal(1, code);
        Assert.Contains("faulty(60,20,5) failed at the bar at 2024-01-01T00:00:00", error, StringComparison.Ordinal);
        Assert.Contains($"InvalidOperationException: too cheap ({file}:line ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--strategy", "none", "unknown model 'none': there are ema-cross, flow-momentum, flow-trend, my-average, lightgbm")]
    [InlineData("--param", "length=1", "my-average: length must be a whole number 2…1000, not 1")]
    [InlineData("--param", "barSeconds=90", "decides on bars of 90 s, which cannot be made of bars of 60 s")]
    public void Backtest_WrongUse_SaysWhatIsPossible(string option, string value, string expected)
    {
        Json("strategy", "new", "my-average", "--dir", Strategies);
        string[] strategy = option == "--strategy" ? [] : ["--strategy", "my-average"];

        var (code, _, error) = Run(["backtest", "--strategies", Strategies, .. strategy, option, value, "--bars", Bars()]);

        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    /// <summary>An hour of minutes that rise and fall.</summary>
    private string Bars()
    {
        var path = Path.Combine(_folder.FullName, "bars.csv");
        var text = new StringBuilder("time,open,high,low,close,volume\n");
        for (var i = 0; i < 600; i++)
        {
            var close = 10_000 + (200 * Math.Sin(i / 5.0));
            text.Append(CultureInfo.InvariantCulture, $"{1_704_067_200 + (i * 60)},{close - 1:F2},{close + 2:F2},{close - 3:F2},{close:F2},1\n");
        }

        File.WriteAllText(path, text.ToString());
        return path;
    }

    private static JsonElement Json(params string[] arguments)
    {
        var (code, output, error) = Run([.. arguments, "--json"]);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandTree.Invoke(arguments, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }
}
