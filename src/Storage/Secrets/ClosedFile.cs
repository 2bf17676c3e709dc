using System.Security.Cryptography;

namespace BtcAgent.Storage.Secrets;

/// <summary>Reads a file with a secret, provided that other users of the machine cannot.</summary>
public static class ClosedFile
{
    private const UnixFileMode Open = UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Returns the contents; the caller zeroes them. The mode is not checked on Windows.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="what">Name of the contents, for messages.</param>
    /// <param name="bytesMax">Longest accepted length.</param>
    /// <exception cref="SecretException">The file cannot be read, is too long, or is open to other users.</exception>
    public static byte[] Read(string path, string what, int bytesMax)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            DemandClosed(stream, path, what);
            if (stream.Length > bytesMax)
            {
                throw new SecretException($"{what} '{path}' has {stream.Length} bytes, at most {bytesMax} are expected: name another file");
            }

            var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length, pinned: true);
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read == bytes.Length)
            {
                return bytes;
            }

            CryptographicOperations.ZeroMemory(bytes);
            throw new SecretException($"{what} '{path}' became shorter while it was read: try again");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, what, e);
        }
    }

    /// <summary>Checks the mode only.</summary>
    /// <exception cref="SecretException">The file cannot be read, or is open to other users.</exception>
    public static void Demand(string path, string what)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            DemandClosed(stream, path, what);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, what, e);
        }
    }

    private static SecretException Unreadable(string path, string what, Exception error) =>
        new($"{what} '{path}' cannot be read ({error.Message}): correct its path or its permissions", error);

    private static void DemandClosed(FileStream stream, string path, string what)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var mode = File.GetUnixFileMode(stream.SafeFileHandle);
        if ((mode & Open) != 0 || ((mode & UnixFileMode.GroupRead) != 0 && IsOurs(stream, mode)))
        {
            throw new SecretException(
                $"{what} '{path}' is open to other users (mode {Convert.ToString((int)mode, 8)}): chmod 600 '{path}', "
                + "and replace the key if you do not trust them all");
        }
    }

    /// <summary>
    /// A mounted secret belongs to its creator and is read through our group; its mode is not ours to set.
    /// </summary>
    private static bool IsOurs(FileStream stream, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        try
        {
            File.SetUnixFileMode(stream.SafeFileHandle, mode);
            return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}
