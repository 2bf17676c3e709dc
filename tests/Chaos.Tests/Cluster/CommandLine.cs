using System.Diagnostics;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>Runs <c>btcagent</c> as a separate process.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan RunMax = TimeSpan.FromSeconds(60);

    /// <param name="environment">Environment variables in addition to the test's.</param>
    /// <param name="arguments">Arguments of the command line.</param>
    public static async Task<(int Code, string Output, string Error)> RunAsync(
        IEnumerable<KeyValuePair<string, string>> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "btcagent.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("btcagent was not started");
        using var limit = new CancellationTokenSource(RunMax);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, output, await errors);
    }
}
