using System.Globalization;
using System.Text;
using BtcAgent.Cli.Tests.Agents;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Cli.Tests.Optimizing;

/// <summary><c>optimize</c> as a user calls it.</summary>
public sealed class OptimizeCommandTests : IDisposable
{
    private const string Space = """
        {"parameters": [
          {"name": "leaves", "type": "integer", "low": 2, "high": 6},
          {"name": "sample_every", "type": "integer", "low": 2, "high": 6, "step": 2}
        ]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-optimize-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void PrintSpace_Default_CanBeReadAgain() =>
        Assert.Contains("leaves", SearchSpace.Parse(CommandRun.Of("optimise", "--print-space").Expect(0).Output).Parameters.Select(p => p.Name));

    /// <summary>A walk has no model: exit code 1, the reason, the page, and nothing at --out; a resumed run has the same trials.</summary>
    [Fact]
    public void Optimize_RandomWalk_WritesNoModelAndSaysWhy()
    {
        File.WriteAllText(In("space.json"), Space);
        string[] call =
        [
            "optimize", "--bars", WriteBars(), "--space", In("space.json"), "--horizon", "15", "--barrier-bps", "0", "--folds", "3",
            "--store", In("trials.jsonl"), "--out", In("model"), "--report", In("page.html"), "--json",
        ];

        var first = CommandRun.Of([.. call, "--trials", "3"]).Expect(1);

        Assert.False(first.Json.GetProperty("passes").GetBoolean());
        Assert.StartsWith("No model is written. ", first.Json.GetProperty("headline").GetString(), StringComparison.Ordinal);
        Assert.Contains("trial 3 of 3", first.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("model")));
        Assert.Contains("verdict bad", File.ReadAllText(In("page.html")), StringComparison.Ordinal);

        Assert.Contains("--store", CommandRun.Of([.. call, "--trials", "4"]).Expect(2).Error, StringComparison.Ordinal);
        var resumed = CommandRun.Of([.. call, "--trials", "4", "--resume"]).Expect(1);
        Assert.Equal(4, resumed.Json.GetProperty("trials").GetInt32());
        var stored = File.ReadAllText(In("trials.jsonl"));
        var again = CommandRun.Of([.. call.Select(a => a == In("trials.jsonl") ? In("other.jsonl") : a), "--trials", "4", "--jobs", "2"]).Expect(1);
        Assert.Equal(stored, File.ReadAllText(In("other.jsonl")));
        Assert.Equal(resumed.Json.GetProperty("winner").GetRawText(), again.Json.GetProperty("winner").GetRawText());
    }

    [Theory]
    [InlineData("--trials 3", "give either --bars or --tape")]
    [InlineData("--bars x.csv --time 5", "--time must be such as 90s, 45m or 2h")]
    [InlineData("--bars x.csv --trials 0", "Trials")]
    [InlineData("--bars x.csv --untouched 0.95", "0.05 to 0.8")]
    [InlineData("--bars x.csv --space missing.json", "--space")]
    public void Optimize_WrongUsage_ExitsWithTwoAndSaysWhy(string options, string expected) =>
        Assert.Contains(expected, CommandRun.Of(["optimize", .. options.Split(' ')]).Expect(2).Error, StringComparison.Ordinal);

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string WriteBars()
    {
        const int Count = 3_000;
        var (random, price, text) = (new Random(3), 60_000.0, new StringBuilder("timestamp,open,high,low,close,volume\n"));
        for (var i = 0; i < Count; i++)
        {
            var open = price;
            price *= 1 + ((random.NextDouble() - 0.5) * 0.002);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{1_600_000_020 + (60 * i)},{open:F2},{Math.Max(open, price):F2},{Math.Min(open, price):F2},{price:F2},1.5\n");
        }

        var path = In("walk.csv");
        File.WriteAllText(path, text.ToString());
        return path;
    }
}
