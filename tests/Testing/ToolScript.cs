using System.Diagnostics;

namespace BtcAgent.Testing;

/// <summary>Finds and runs the <c>start</c> and <c>stop</c> scripts of the tools folder.</summary>
public static class ToolScript
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    /// <summary>Path of a script. Skips the test with a reason if it is missing; fails it if services are required.</summary>
    public static string Find(string tool, string name)
    {
        var tools = Environment.GetEnvironmentVariable("BTCAGENT_TOOLS");
        var root = string.IsNullOrEmpty(tools) ? Path.Combine(Repository(), "..", "shared", "tools") : tools;
        var script = Path.Combine(root, tool, name);
        if (File.Exists(script))
        {
            return script;
        }

        Missing($"needs {tool}: set BTCAGENT_TOOLS to a folder with {tool}/start DIR PORT and {tool}/stop DIR [now]");
        throw new InvalidOperationException("unreachable: Missing throws");
    }

    /// <summary>Path of a script in the repository's <c>eng</c>.</summary>
    public static string Eng(string name) => Path.Combine(Repository(), "eng", name);

    /// <summary>Skips the test with the reason, or fails it if <c>BTCAGENT_REQUIRE_SERVICES</c> is 1.</summary>
    public static void Missing(string why)
    {
        if (Environment.GetEnvironmentVariable("BTCAGENT_REQUIRE_SERVICES") == "1")
        {
            Assert.Fail(why);
        }

        Assert.Skip(why);
    }

    /// <exception cref="InvalidOperationException">The script failed.</exception>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        // Through a pipe that the started server does not inherit, so that the output ends with the script.
        var start = new ProcessStartInfo("/bin/bash", ["-c", "set -o pipefail; \"$@\" </dev/null 2>&1 | cat", "bash", program, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} was not started");
        using var limit = new CancellationTokenSource(Timeout);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {output}");
        }
    }

    /// <summary>The repository's folder; the program's own when it was copied elsewhere.</summary>
    private static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "BtcAgent.sln")))
            {
                return at.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}
