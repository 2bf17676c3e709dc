using BtcAgent.Cli.Output;
using BtcAgent.Storage.Secrets;

namespace BtcAgent.Cli.Keys;

/// <summary>Reads secrets from files and from standard input, never from arguments, which every user of the machine can see.</summary>
internal static class SecretInput
{
    /// <summary>Names standard input in place of a file.</summary>
    public const string StandardInput = "-";

    private const int BytesMax = 16 * 1024;

    /// <summary>Returns the contents; the caller zeroes them.</summary>
    /// <exception cref="UsageException">Standard input is a terminal, or too long.</exception>
    /// <exception cref="SecretException">The file cannot be read, or is open to other users.</exception>
    public static byte[] Read(string file, string what)
    {
        if (file != StandardInput)
        {
            return ClosedFile.Read(file, what, BytesMax);
        }

        if (!Console.IsInputRedirected)
        {
            throw new UsageException($"{what} would be shown on the terminal: give a file, or pipe it");
        }

        using var input = Console.OpenStandardInput();
        var bytes = GC.AllocateArray<byte>(BytesMax + 1, pinned: true);
        var length = input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= BytesMax
            ? Trim(bytes, length)
            : throw new UsageException($"standard input has more than {BytesMax} bytes: pipe {what} only");
    }

    private static byte[] Trim(byte[] bytes, int length)
    {
        var read = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        bytes.AsSpan(0, length).CopyTo(read);
        bytes.AsSpan().Clear();
        return read;
    }
}
