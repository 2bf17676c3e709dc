using System.Text.RegularExpressions;
using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

/// <summary>The table of security requirements has a verdict for each, and names only tests that exist.</summary>
public sealed partial class VerdictTableTests
{
    /// <summary>Requirements of levels 1 and 2 in version 5.0 of the standard.</summary>
    private const int Requirements = 253;

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    private static readonly (string Id, string Verdict, string Why)[] Rows =
        [.. Row().Matches(Page).Select(row => (row.Groups["id"].Value, row.Groups["verdict"].Value, row.Groups["why"].Value))];

    [Fact]
    public void Rows_OfTheTable_AreAllRequirementsOnce()
    {
        Assert.Equal(Requirements, Rows.Length);
        Assert.Equal(Requirements, Rows.Select(row => row.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Rows_Each_HaveAVerdictAndTheReason() => Assert.All(Rows, row =>
    {
        Assert.Contains(row.Verdict, new[] { "met", "not applicable", "not met" });
        Assert.True(row.Why.Length > 3, $"{row.Id} has no reason");
    });

    [Fact]
    public void Rows_TestsNamed_Exist()
    {
        var tests = Repository.Tests.Select(file => Path.GetFileNameWithoutExtension(file.Path)).ToHashSet(StringComparer.Ordinal);
        var missing = Rows.SelectMany(row => TestName().Matches(row.Why).Select(name => (row.Id, Name: name.Groups["name"].Value)))
            .Where(named => !tests.Contains(named.Name)).Select(named => $"{named.Id}: {named.Name}");
        Assert.Empty(missing);
    }

    [Fact]
    public void Counts_InTheText_AreThoseOfTheTable()
    {
        int Count(string verdict) => Rows.Count(row => row.Verdict == verdict);
        Assert.Contains($"{Count("met")} are met, {Count("not applicable")} do not apply, {Count("not met")} are not met", Page, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| (?<id>V\d+\.\d+\.\d+) \| [12] \| (?<verdict>[^|]+) \| (?<why>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<name>\w+Tests)`")]
    private static partial Regex TestName();
}
