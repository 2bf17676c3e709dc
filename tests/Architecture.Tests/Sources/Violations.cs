namespace BtcAgent.Architecture.Tests.Sources;

/// <summary>Assertions on the findings of a rule, which are printed one a line.</summary>
public static class Violations
{
    public static void None(IEnumerable<string> found)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, $"{all.Count} violations:\n{string.Join('\n', all)}");
    }

    /// <summary>Exactly one finding, which says <paramref name="part"/>.</summary>
    public static void One(string part, IEnumerable<string> found) =>
        Assert.Contains(part, Assert.Single(found), StringComparison.Ordinal);
}
