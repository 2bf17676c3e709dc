using System.Globalization;
using BtcAgent.Cli.Tests.Agents;

namespace BtcAgent.Cli.Tests.Output;

/// <summary>A mistyped path never costs a file: only results of the same command are replaced.</summary>
public sealed class OverwriteTests : IDisposable
{
    private const string Precious = "precious";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-overwrite-");

    public OverwriteTests() => File.WriteAllLines(
        In("bars.csv"),
        Enumerable.Range(0, 300).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{1_600_000_020 + (i * 60)},{Price(i)},{Math.Max(Price(i), Price(i + 1))},{Math.Min(Price(i), Price(i + 1))},{Price(i + 1)},{1 + (i % 3)}")).Prepend("time,open,high,low,close,volume"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("--report", "r.html", "backtest --bars bars.csv --rules --report r.html")]
    [InlineData("--report", "r.json", "backtest --bars bars.csv --rules --report r.html")]
    [InlineData("--save", "run.json.gz", "backtest --bars bars.csv --rules --save run.json.gz")]
    [InlineData("--out", "r.html", "report bars.csv --out r.html")]
    [InlineData("--out", "d.parquet", "dataset build --bars bars.csv --horizon 10 --barrier-bps 0 --out d.parquet")]
    [InlineData("--out", "m.onnx", "model convert bars.csv --out m.onnx")]
    [InlineData("--out", "home/letter.txt", "train --bars bars.csv --horizon 10 --barrier-bps 0 --out home")]
    public void Run_PathIsAnotherFile_IsRefusedAndTheFileRemains(string option, string file, string line)
    {
        Directory.CreateDirectory(In("home"));
        File.WriteAllText(In(file), Precious);

        var run = CommandRun.Of([.. line.Split(' ').Select(word => word is "home" || word.Contains('.', StringComparison.Ordinal) ? In(word) : word)]).Expect(2);

        Assert.Contains($"{option}: '", run.Error, StringComparison.Ordinal);
        Assert.Contains("exists and is not a result of this command: choose another name, or replace it with --force", run.Error, StringComparison.Ordinal);
        Assert.Equal(Precious, File.ReadAllText(In(file)));
    }

    [Fact]
    public void Run_PathIsAnEarlierResult_IsReplaced()
    {
        string[] backtest = ["backtest", "--bars", In("bars.csv"), "--rules", "--report", In("r.html"), "--save", In("run.json.gz")];
        string[] report = ["report", In("run.json.gz"), "--out", In("r.html")];
        string[] dataset = ["dataset", "build", "--bars", In("bars.csv"), "--horizon", "10", "--barrier-bps", "0", "--out", In("d.parquet")];
        string[] train =
        [
            "train", "--bars", In("bars.csv"), "--horizon", "10", "--barrier-bps", "0", "--rounds", "5", "--min-rows", "20", "--folds", "2", "--out", In("model"),
        ];
        foreach (var command in new[] { backtest, backtest, report, report, dataset, dataset, train, train })
        {
            CommandRun.Of(command).Expect(0);
        }

        string[] convert = ["model", "convert", In("model/model.txt"), "--out", In("m.onnx")];
        CommandRun.Of(convert).Expect(0);
        CommandRun.Of(convert).Expect(0);

        File.WriteAllText(In("r.json"), Precious);
        CommandRun.Of(report).Expect(2);
        CommandRun.Of([.. report, "--force"]).Expect(0);
        Assert.NotEqual(Precious, File.ReadAllText(In("r.json")));
    }

    private static int Price(int i) => 60_000 + (i * 7_919 % 997) - (i % 50 * 3);

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
