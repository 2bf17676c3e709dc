using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using BtcAgent.Alerts.Rules;
using BtcAgent.Alerts.Settings;

namespace BtcAgent.Alerts.Tests.Rules;

/// <summary>A message's link leads to a section that says what to do, and no section is about a rule that does not exist.</summary>
public sealed partial class RuleDocsTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "alerts.md"));

    private static readonly Dictionary<string, string> Sections = Heading().Split(Page).Skip(1).Chunk(2).ToDictionary(part => part[0], part => part[1]);

    [Fact]
    public void Rules_AndSections_AreTheSame() => Assert.Equal(AlertRules.Names.Order(StringComparer.Ordinal), Sections.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Sections_OfEveryRule_SayWhatToDo() => Assert.All(Sections, section =>
    {
        Assert.Contains("**Means**", section.Value, StringComparison.Ordinal);
        Assert.Contains("**Do**", section.Value, StringComparison.Ordinal);
    });

    [Fact]
    public void Thresholds_OfEveryRule_AreInItsSection()
    {
        var options = new AlertRuleOptions();
        foreach (var rule in AlertRules.All.Where(rule => rule.Threshold is not null))
        {
            var setting = typeof(AlertRuleOptions).GetProperty(rule.Threshold!)!;
            var range = setting.GetCustomAttribute<RangeAttribute>()!;
            var expected = string.Create(CultureInfo.InvariantCulture, $"`{setting.Name}`, {range.Minimum:N0}…{range.Maximum:N0}, default {setting.GetValue(options)}");
            Assert.Contains(expected, Sections[rule.Name].ReplaceLineEndings(" "), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Thresholds_WithoutARule_AreNone() => Assert.Equal(
        typeof(AlertRuleOptions).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal),
        AlertRules.All.Select(rule => rule.Threshold).OfType<string>().Order(StringComparer.Ordinal));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BtcAgent.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex(@"^### (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
