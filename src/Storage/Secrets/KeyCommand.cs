using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;

namespace BtcAgent.Storage.Secrets;

/// <summary>Runs a program that prints a key: no shell, its arguments as given, a limited time and output.</summary>
internal static class KeyCommand
{
    private const int OutputBytesMax = 1024;
    private const int InputBytesMax = 64 * 1024;

    /// <summary>Returns its output, which the caller zeroes.</summary>
    /// <exception cref="SecretException">The program cannot be started, fails, takes too long or prints too much.</exception>
    public static async Task<byte[]> RunAsync(
        IReadOnlyList<string> command, string? inputFile, TimeSpan time, CancellationToken cancellationToken)
    {
        var input = inputFile is { Length: > 0 } file ? ClosedFile.Read(file, "the wrapped key", InputBytesMax) : [];
        using var process = Start(command);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(time);
        // Not shown: a program may print secrets there, too.
        var remarks = process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token);
        var output = GC.AllocateArray<byte>(OutputBytesMax + 1, pinned: true);
        try
        {
            await WriteAsync(process, input, limit.Token);
            var length = await process.StandardOutput.BaseStream.ReadAtLeastAsync(output, output.Length, throwOnEndOfStream: false, limit.Token);
            if (length > OutputBytesMax)
            {
                throw Failed(command, $"printed more than {OutputBytesMax} bytes");
            }

            await remarks;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? output.AsSpan(0, length).ToArray() : throw Failed(command, $"ended with exit code {process.ExitCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(command, $"did not end within {time.TotalSeconds} s");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(output);
            CryptographicOperations.ZeroMemory(input);
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The agent's settings, which may be secrets, are not the program's business.
        foreach (var name in start.Environment.Keys.Where(IsOfAgent).ToArray())
        {
            start.Environment.Remove(name);
        }

        try
        {
            return Process.Start(start) ?? throw Failed(command, "was not started");
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            throw Failed(command, $"cannot be started ({e.Message})");
        }
    }

    private static async Task WriteAsync(Process process, byte[] input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program does not read its input; its output and exit code decide.
        }
    }

    private static bool IsOfAgent(string variable) =>
        variable.Contains("__", StringComparison.Ordinal) || variable.StartsWith("BTCAGENT_", StringComparison.OrdinalIgnoreCase);

    private static SecretException Failed(IReadOnlyList<string> command, string how) =>
        new($"the command for the key-encryption key, '{command[0]}', {how}: run it by hand as the agent's user; it must print 32 bytes in base64");
}
