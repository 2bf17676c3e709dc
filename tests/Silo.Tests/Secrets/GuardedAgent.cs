using System.Diagnostics;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Secrets;

/// <summary>
/// An agent in its own process and folder that may leave core dumps, run as an ordinary user: root, as whom tests may run, reads
/// everything.
/// </summary>
internal sealed class GuardedAgent : IDisposable
{
    /// <summary>Value of an environment variable of the agent.</summary>
    public const string Planted = "planted-in-the-environment";

    private const string Nobody = "65534";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-guarded-");
    private readonly Process _process;
    private readonly Task<string> _said;

    /// <param name="settings">Settings of the agent.</param>
    public GuardedAgent(params string[] settings)
    {
        var data = Path.Combine(_folder.FullName, "data");
        OwnedByUser(_folder.FullName);
        _process = Start("bash",
        [
            "-c", $"ulimit -c unlimited; cd '{_folder.FullName}'; exec dotnet \"$@\"", "agent", Program, "--port", "0", "--data", data,
            .. settings.SelectMany(setting => new[] { "--set", setting }),
        ]);
        _said = ReadAsync();
        OperatorKey = Path.Combine(data, "operator.key");
    }

    public int Id => _process.Id;

    private string OperatorKey { get; }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "BtcAgent.Silo.dll");

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>Skips the test where an ordinary user cannot run the agent.</summary>
    public static async Task DemandAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the memory is hidden on Linux only");
        using var probe = Start("test", ["-r", Program]);
        await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(probe.ExitCode == 0, $"an ordinary user cannot read {Program}: clone the repository elsewhere");
    }

    /// <summary>The operator key is made after the memory is hidden.</summary>
    public Task WaitUntilItRunsAsync() => Eventually.TrueAsync(
        "the agent has its operator key",
        async () =>
        {
            Assert.False(_process.HasExited, _process.HasExited ? await _said : "");
            return File.Exists(OperatorKey);
        },
        TimeSpan.FromSeconds(60));

    /// <summary>Runs a program as the agent's user.</summary>
    /// <returns>Exit code, and both outputs.</returns>
    public static async Task<(int Code, string Said)> AsUserAsync(params string[] command)
    {
        using var process = Start(command[0], command[1..]);
        var said = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await said + await errors);
    }

    /// <summary>Sends a signal until the process ends: the runtime's handler keeps the first one for itself.</summary>
    public Task EndByAsync(string signal) => Eventually.TrueAsync(
        $"{signal} ends the agent",
        async () =>
        {
            if (!_process.HasExited)
            {
                using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
                await kill.WaitForExitAsync();
            }

            return _process.HasExited;
        },
        TimeSpan.FromSeconds(60));

    /// <summary>Names of files beside the data folder.</summary>
    public string[] Leftovers() => [.. _folder.EnumerateFileSystemInfos().Select(file => file.Name).Where(name => name != "data")];

    /// <summary>Removes the leftovers of a control.</summary>
    public void Clean() => Array.ForEach(Leftovers(), name => File.Delete(Path.Combine(_folder.FullName, name)));

    /// <summary>Whether a program that crashes in the agent's folder leaves a core there.</summary>
    public async Task<bool> LeavesCoresAsync()
    {
        await AsUserAsync("bash", "-c", $"ulimit -c unlimited; cd '{_folder.FullName}'; sh -c 'kill -SEGV $$'");
        var left = Leftovers().Length > 0;
        Clean();
        return left;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static Process Start(string program, string[] arguments)
    {
        string[] command = IsRoot
            ? ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PLANTED"] = Planted;
        start.Environment["HOME"] = Path.GetTempPath();
        return Process.Start(start)!;
    }

    private static void OwnedByUser(string folder)
    {
        if (IsRoot)
        {
            using var chown = Process.Start("chown", [$"{Nobody}:{Nobody}", folder]);
            chown.WaitForExit();
        }
    }

    private async Task<string> ReadAsync()
    {
        var errors = _process.StandardError.ReadToEndAsync();
        return await _process.StandardOutput.ReadToEndAsync() + await errors;
    }
}
