using System.CommandLine;
using System.Text.Json;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Backtests;

/// <summary>Files of bars from public bug reports, through the command line.</summary>
public sealed class BarCaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-cases-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("C01-vision-no-header", 400, "01:00:00", "no header: columns are taken as time, open, high, low, close, volume")]
    [InlineData("C03-offgrid-2018-02", 412, "01:00:00", "43 bars begin off the grid of 01:00:00 (lines 171, 172, 173, 174, 175, …), 1 are shorter (line 213); kept")]
    [InlineData("C04-yyyymmdd", 400, "1.00:00:00", "times are read as yyyyMMdd")]
    [InlineData("C04-iso-same-bars", 400, "1.00:00:00", "bars.csv, 0 missing")]
    [InlineData("C05-cdd-ampm", 400, "01:00:00", "bars.csv, 0 missing")]
    [InlineData("C05-open-time-space", 400, "01:00:00", "bars.csv, 0 missing")]
    [InlineData("C10-semicolon", 400, "00:01:00", "fields are separated by ';'")]
    public void Backtest_Case_IsReadAndSaysWhatItAssumed(string name, int bars, string interval, string expected)
    {
        var (code, output, error) = Run("backtest", "--bars", Case(name, "bars.csv"), "--json");

        Assert.True(code == 0, error);
        var source = JsonDocument.Parse(output).RootElement.GetProperty("source").GetString()!;
        Assert.StartsWith($"{bars} bars of {interval} from bars.csv", source, StringComparison.Ordinal);
        Assert.Contains(expected, source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut02.csv.gz")]
    [InlineData("cut09.csv.gz")]
    public void Backtest_CutGzip_IsRefused(string name)
    {
        var (code, output, error) = Run("backtest", "--bars", Case("C11-cut-gzip", name), "--json");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("it is cut off", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--quantity", "1e20")]
    [InlineData("--base", "1e20")]
    [InlineData("--cash", "7e28")]
    public void Backtest_AmountTooLarge_IsWrongUsageAndNamesTheOption(string option, string value)
    {
        var (code, output, error) = Run("backtest", "--bars", "none.csv", option, value);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains($"{option}: {value} is out of range", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Backtest_SameDaysInTwoTimeForms_AreAlike()
    {
        var digits = Figures("C04-yyyymmdd");

        Assert.Equal(digits, Figures("C04-iso-same-bars"));
        Assert.InRange(digits.Sharpe, -2.0, -1.9);
    }

    [Theory]
    [InlineData("refuse", 1, "--irregular keep or drop")]
    [InlineData("drop", 0, "; dropped")]
    public void Backtest_OffGridBars_FollowThePolicy(string policy, int expectedCode, string expected)
    {
        var (code, output, error) = Run("backtest", "--bars", Case("C03-offgrid-2018-02", "bars.csv"), "--irregular", policy, "--json");

        Assert.Equal(expectedCode, code);
        Assert.Contains(expected, output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--interval", "0m")]
    [InlineData("--interval", "soon")]
    [InlineData("--irregular", "sometimes")]
    public void Backtest_WrongPolicy_IsWrongUsage(string option, string value) =>
        Assert.Equal(2, Run("backtest", "--bars", "x.csv", option, value).Code);

    private (double Sharpe, string Cash) Figures(string name)
    {
        var report = Path.Combine(_folder.FullName, $"{name}.html");
        var (code, output, error) = Run(
            "backtest", "--bars", Case(name, "bars.csv"), "--report", report, "--json");
        Assert.True(code == 0, error);
        var json = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(report, ".json"))).RootElement;
        return (FindSharpe(json), JsonDocument.Parse(output).RootElement.GetProperty("finalCash").GetRawText());
    }

    private static double FindSharpe(JsonElement element) =>
        element.GetProperty("metrics").GetProperty("sharpe").GetDouble();

    private static string Case(string folder, string file) => RecordedData.Require($"../cases/{folder}/{file}");

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = CommandTree.Invoke(args, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }
}
