using System.CommandLine;
using System.Text.Json;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests;

public sealed class BtcAgentCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-cli-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Backtest_ReferenceStrategy_PrintsExactJson()
    {
        var bars = RecordedData.Require("klines-1m-binance/btcusdt_1m_20210402_20210514.csv.xz");

        var (code, output, _) = Run(
            "backtest", "--bars", bars, "--limit", "10000", "--strategy", "ema-cross", "--fast", "10", "--slow", "20", "--quantity", "0.001",
            "--fee-bps", "10", "--cash", "10000000", "--base", "10", "--fill", "close", "--json");

        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(1_070, json.RootElement.GetProperty("orders").GetInt32());
        Assert.Equal(1_070, json.RootElement.GetProperty("fills").GetInt32());
        Assert.Equal("9999926.43782398", json.RootElement.GetProperty("finalCash").GetRawText());
        Assert.Equal("10", json.RootElement.GetProperty("finalBase").GetRawText());
        Assert.Equal("62.14963602", json.RootElement.GetProperty("fees").GetRawText());
        Assert.Equal("-73.56217602", json.RootElement.GetProperty("realizedPnl").GetRawText());
    }

    [Theory]
    [InlineData("backtest", "give either --bars or --tape")]
    [InlineData("backtest --bars x.csv --fill sometimes", "not recognized")]
    [InlineData("backtest --bars x.csv --limit 0", "--limit must be 1 or more")]
    [InlineData("backtest --bars x.csv --limit abc", "--limit must be 1 or more, not 'abc'")]
    [InlineData("backtest --bars x.csv --fee-bps much", "is not a number")]
    [InlineData("backtest --bars x.csv --quantity 0", "quantity must be above 0")]
    [InlineData("train --bars x.csv --out m --horizon 0", "--horizon must be 1 or more")]
    [InlineData("model convert nowhere.txt", "there is no file")]
    [InlineData("train --out m", "exactly one of --bars, --tape and --dataset")]
    [InlineData("dataset build --bars x.csv --tape y.gz --out z.parquet", "exactly one of --bars, --tape and --dataset")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("backtest --bars x.csv --fats 3", "'--fats' is not an option of 'backtest' and not a value of --bars; a file of that name is './--fats'")]
    [InlineData("backtest --bars x.csv -z", "'-z' is not an option of 'backtest'")]
    [InlineData("train --bars x.csv --out --forlds", "'--forlds' is not an option of 'train' and not a value of --out")]
    [InlineData("backtest --bars .", "--bars: '.' is a folder: name its files")]
    [InlineData("backtest --tape .", "--tape: '.' is a folder: name its files")]
    [InlineData("train --bars x.csv --out m --folds 1", "Folds is 1: the range is 2 to 50")]
    [InlineData("train --bars x.csv --out m --report .", "--report: '.' is a folder: name a file")]
    [InlineData("train --bars x.csv --out BtcAgent.Cli.Tests.dll", "--out: 'BtcAgent.Cli.Tests.dll' is a file: name a folder")]
    [InlineData("train --bars x.csv --out /proc/nowhere/m", "--out: '/proc/nowhere/m' cannot be written")]
    [InlineData("backtest --bars x.csv --save /proc/nowhere/r.gz", "--save: '/proc/nowhere/r.gz' cannot be written")]
    public void AnyCommand_WrongUsage_ExitsWithTwoAndSaysWhy(string line, string expected)
    {
        var (code, output, error) = Run(line.Split(' '));

        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Equal("", output);
    }

    [Theory]
    [InlineData("backtest --bars nowhere.csv", "cannot be read")]
    [InlineData("model show nowhere", "there is no model artefact at 'nowhere'")]
    [InlineData("model verify nowhere", "there is no model artefact")]
    [InlineData("replay --tape nowhere.gz", "nowhere.gz")]
    [InlineData("report BtcAgent.Cli.Tests.dll --out x.html", "is not a run written by --save")]
    public void AnyCommand_BadInput_ExitsWithOneAndSaysWhy(string line, string expected)
    {
        var (code, _, error) = Run(line.Split(' '));

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCommand_Help_ShowsAnExample()
    {
        foreach (var command in Acting(CommandTree.Create(), []))
        {
            var (code, output, _) = Run([.. command, "--help"]);

            Assert.Equal(0, code);
            Assert.Contains("Example:", output, StringComparison.Ordinal);
            Assert.Contains($"btcagent {command[0]}", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Train_ThenShowVerifyExplainBacktest_WorkOnWhatWasWritten()
    {
        var bars = WriteBars(3_000);
        var (model, report, dataset) = (In("model"), In("report.html"), In("data.parquet"));

        Assert.Equal(0, Run("train", "--bars", bars, "--out", model, "--horizon", "10", "--barrier-bps", "0", "--rounds", "10", "--min-rows", "20", "--folds", "2", "--report", report, "--save", In("run.json.gz"), "--json").Code);
        Assert.True(File.Exists(report) && File.Exists(In("report.json")));
        Assert.Equal(0, Run("report", In("run.json.gz"), "--out", In("again.html")).Code);
        Assert.Equal(File.ReadAllText(report), File.ReadAllText(In("again.html")));
        Assert.Equal(0, Run("dataset", "build", "--bars", bars, "--horizon", "10", "--barrier-bps", "0", "--out", dataset).Code);
        Assert.Equal(0, Run("train", "--dataset", dataset, "--out", In("again"), "--rounds", "10", "--min-rows", "20", "--folds", "2").Code);
        Assert.Equal(File.ReadAllText(Path.Combine(model, "model.txt")), File.ReadAllText(In("again/model.txt")));
        Assert.Equal(0, Run("model", "show", model).Code);
        Assert.Equal(0, Run("model", "verify", model, "--json").Code);
        var (code, explained, _) = Run("model", "explain", model, "--dataset", dataset, "--row", "5", "--json");
        Assert.Equal(0, code);
        Assert.Equal(62, JsonDocument.Parse(explained).RootElement.GetProperty("contributions").GetArrayLength());
        Assert.Equal(0, Run("backtest", "--bars", bars, "--model", model, "--cash", "100000", "--base", "1", "--json").Code);
        Assert.Equal(0, Run("walkforward", "--bars", bars, "--horizon", "10", "--barrier-bps", "0", "--rounds", "5", "--min-rows", "20", "--folds", "2").Code);
        var (ablated, groups, _) = Run(
            "walkforward", "--bars", bars, "--horizon", "10", "--barrier-bps", "0", "--rounds", "5", "--min-rows", "20", "--folds", "3", "--ablation", "trend", "sentiment", "--json");
        Assert.Equal(0, ablated);
        Assert.Equal(
            ["trend", "sentiment NoData"],
            JsonDocument.Parse(groups).RootElement.GetProperty("ablation").GetProperty("groups").EnumerateArray()
                .Select(group => group.GetProperty("features").GetInt32() > 0 ? group.GetProperty("group").GetString() : $"{group.GetProperty("group")} {group.GetProperty("finding")}"));
        Assert.Contains("unknown group 'x'", Run("walkforward", "--bars", bars, "--ablation", "x").Error, StringComparison.Ordinal);
        Assert.Contains("3 or more --folds", Run("walkforward", "--bars", bars, "--ablation", "all", "--folds", "2").Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_folder.FullName), f => f.EndsWith(".part", StringComparison.Ordinal));

        File.WriteAllText(In("null.json"), "null");
        Assert.Equal(2, Run("model", "explain", model, "--features", In("null.json")).Code);
        var onnx = Path.Combine(model, "model.onnx");
        var bytes = File.ReadAllBytes(onnx);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(onnx, bytes);
        var (refused, _, error) = Run("model", "verify", model);
        Assert.Equal(1, refused);
        Assert.Contains("model.onnx differs from SHA256SUMS", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_RecordedTape_GivesAModelThatBacktestsIt()
    {
        var tape = RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz");

        Assert.Equal(0, Run("train", "--tape", tape, "--out", In("tape"), "--horizon", "5", "--barrier-bps", "0", "--rounds", "5", "--min-rows", "5", "--folds", "2").Code);
        var (code, output, error) = Run("backtest", "--tape", tape, "--model", In("tape"), "--report", In("tape.html"), "--json");

        Assert.True(code == 0, error);
        Assert.StartsWith("forest-", JsonDocument.Parse(output).RootElement.GetProperty("strategy").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lg_dart_breast_cancer.model")]
    [InlineData("lg_rf_iris.model")]
    [InlineData("lgmulticlass.model")]
    [InlineData("lg_breast_cancer.txt")]
    public void ModelConvert_RecordedModel_WritesOnnx(string name)
    {
        var onnx = In("model.onnx");

        Assert.Equal(0, Run("model", "convert", RecordedData.Require($"lightgbm-leaves/{name}"), "--out", onnx).Code);
        Assert.True(File.Exists(onnx));
    }

    [Fact]
    public void ModelConvert_TruncatedText_WritesNothing()
    {
        var text = File.ReadAllText(RecordedData.Require("lightgbm-leaves/lg_breast_cancer.txt"));
        File.WriteAllText(In("half.txt"), text[..(text.Length / 2)]);

        Assert.Equal(1, Run("model", "convert", In("half.txt")).Code);
        Assert.False(File.Exists(In("half.onnx")));
    }

    [Theory]
    [InlineData("bash", "complete -o default")]
    [InlineData("zsh", "#compdef btcagent")]
    [InlineData("fish", "complete -c btcagent")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName btcagent")]
    public void Completion_AnyShell_PrintsItsScript(string shell, string expected) =>
        Assert.Contains(expected, Run("completion", shell).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("btcagent fla", "flatten")]
    [InlineData("btcagent risk set MaxSpr", "MaxSpreadBps")]
    [InlineData("btcagent models promote x --to cham", "Champion")]
    [InlineData("btcagent watch --int", "--interval")]
    public void Suggest_BeginningOfAWord_IsCompleted(string line, string expected)
    {
        var (code, output, _) = Run($"[suggest:{line.Length}]", line);

        Assert.Equal(0, code);
        Assert.Contains(expected, output.Split('\n').Select(word => word.Trim()));
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = CommandTree.Invoke(args, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Every command that does something, also one with subcommands.</summary>
    private static IEnumerable<string[]> Acting(Command command, string[] path) =>
        [.. command.Action is null ? [] : new[] { path }, .. command.Subcommands.SelectMany(c => Acting(c, [.. path, c.Name]))];

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string WriteBars(int count)
    {
        var random = new Random(3);
        var price = 50_000.0;
        var lines = new List<string> { "time,open,high,low,close,volume" };
        for (var i = 0; i < count; i++)
        {
            var open = price;
            price *= 1 + ((random.NextDouble() - 0.5) * 0.002);
            lines.Add(FormattableString.Invariant(
                $"{1_600_000_020 + (i * 60)},{open:F2},{Math.Max(open, price) + 5:F2},{Math.Min(open, price) - 5:F2},{price:F2},{1 + random.NextDouble():F4}"));
        }

        File.WriteAllLines(In("bars.csv"), lines);
        return In("bars.csv");
    }
}
