namespace BtcAgent.Testing;

/// <summary>Finds the recorded data of the tests, which is not in the repository.</summary>
public static class RecordedData
{
    /// <summary>The first of <c>BTCAGENT_DATA</c> and <c>../shared/data</c> beside the checkout.</summary>
    public static string? Root { get; } = Find();

    /// <summary>Returns the full path of a recorded file; skips the test with instructions if it is missing.</summary>
    public static string Require(string relativePath)
    {
        var path = Root is null ? null : Path.Combine(Root, relativePath);
        if (path is not null && (File.Exists(path) || Directory.Exists(path)))
        {
            return path;
        }

        var why = $"needs recorded data '{relativePath}': set BTCAGENT_DATA to the folder that holds it";
        if (Environment.GetEnvironmentVariable("BTCAGENT_REQUIRE_SERVICES") == "1")
        {
            Assert.Fail(why);
        }

        Assert.Skip(why);
        throw new InvalidOperationException("unreachable: Assert.Skip throws");
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("BTCAGENT_DATA") is { Length: > 0 } configured)
        {
            return configured;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BtcAgent.sln")))
            {
                var beside = Path.Combine(folder.FullName, "..", "shared", "data");
                return Directory.Exists(beside) ? Path.GetFullPath(beside) : null;
            }
        }

        return null;
    }
}
