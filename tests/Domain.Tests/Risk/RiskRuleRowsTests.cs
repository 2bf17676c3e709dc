using System.Globalization;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Domain.Tests.Risk;

/// <summary>Compares the rules' rows with the document, the limits and the codes.</summary>
public sealed class RiskRuleRowsTests
{
    private const string Header = "| Code | What is checked | Value and limit | Default | Exempt |";

    /// <summary>BTCAGENT_WRITE_DOCS=1 writes the table instead.</summary>
    [Fact]
    public void Table_OfTheDocument_IsMadeOfTheRows()
    {
        var file = Path.Combine(Root(), "docs", "risk.md");
        var lines = File.ReadAllLines(file).ToList();
        var first = lines.IndexOf(Header) + 2;
        var count = lines.Skip(first).TakeWhile(line => line.StartsWith('|')).Count();
        string[] rows = [.. RiskRules.All.Select(Row)];
        if (Environment.GetEnvironmentVariable("BTCAGENT_WRITE_DOCS") == "1")
        {
            lines.RemoveRange(first, count);
            lines.InsertRange(first, rows);
            File.WriteAllLines(file, lines);
        }
        else
        {
            Assert.Equal(rows, lines.GetRange(first, count));
        }
    }

    /// <summary>A rule in a file of its own may keep its code there.</summary>
    [Fact]
    public void Rows_EveryCode_IsThereOnce()
    {
        var codes = RiskRules.All.Select(rule => rule.Code).ToList();

        Assert.Equal(codes.Distinct(), codes);
        Assert.All(typeof(RiskCodes).GetFields(), field => Assert.Contains((string)field.GetRawConstantValue()!, codes));
    }

    [Fact]
    public void Rows_Limits_AreNumbersOfTheLimits() => Assert.All(
        RiskRules.All.Where(rule => rule.Limit is not null),
        rule => Assert.Equal(
            typeof(RiskLimits).GetProperty(rule.Limit!)!.GetValue(new RiskLimits()) is { } value ? Convert.ToDecimal(value, CultureInfo.InvariantCulture) : null,
            LimitBook.Read(new RiskLimits(), rule.Limit!)));

    [Theory]
    [InlineData("MaxSpreadBps", 10_001, "MaxSpreadBps takes 0…10000, not 10001")]
    [InlineData("StaleDataMs", 0, "StaleDataMs takes 1…600000, not 0")]
    [InlineData("MaxOpenOrders", 2.5, "MaxOpenOrders takes a whole number of 1…10000, not 2.5")]
    [InlineData("CoolDownMs", 0, "'CoolDownMs' is not a limit that can be changed")]
    public void Problem_ValueThatTheLimitCannotHave_SaysWhatItTakes(string name, decimal value, string expected) =>
        Assert.StartsWith(expected, LimitBook.Problem(name, value), StringComparison.Ordinal);

    [Fact]
    public void Write_EveryLimitThatAnOperatorChanges_IsReadBack() => Assert.All(LimitBook.Names, name =>
    {
        var limits = new RiskLimits();
        var value = new[] { 1m, 1_000m }.First(number => LimitBook.Problem(name, number) is null);
        LimitBook.Write(limits, name, value);
        Assert.Equal(value, LimitBook.Read(limits, name));
    });

    private static string Row(RiskRule rule) =>
        $"| `{rule.Code}` | {rule.Measure} | {rule.Unit}{(rule.Limit is null ? "" : $", `{rule.Limit}`")} | {rule.Default} | {Exempt(rule.Exempts)} |";

    private static string Exempt(RuleExemption exempts) => exempts switch
    {
        RuleExemption.Reducing => "yes",
        RuleExemption.Sliced => "sliced, never refused",
        RuleExemption.NotAsked => "–",
        _ => "no",
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BtcAgent.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
