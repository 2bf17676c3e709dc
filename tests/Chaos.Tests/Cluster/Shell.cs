using System.Diagnostics;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>Runs small programs of the system.</summary>
internal static class Shell
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(20);

    /// <exception cref="InvalidOperationException">The program failed; the message contains its output.</exception>
    public static async Task RunAsync(string line)
    {
        var (exitCode, output) = await TryAsync(line);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"'{line}' ended with {exitCode}: {output}");
        }
    }

    /// <param name="line">Program and arguments, separated by single spaces and without spaces inside.</param>
    public static async Task<(int ExitCode, string Output)> TryAsync(string line)
    {
        var words = line.Split(' ');
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{words[0]} was not started");
        using var limit = new CancellationTokenSource(CommandTimeout);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, output + await errors);
    }
}
