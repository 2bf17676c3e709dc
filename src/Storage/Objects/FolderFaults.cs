namespace BtcAgent.Storage.Objects;

/// <summary>Explains errors of a folder's file system.</summary>
internal static class FolderFaults
{
    // ENOSPC, EDQUOT and EROFS on Linux; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static readonly int[] FullCodes = [28, 122, 112, 39];
    private const int ReadOnlyCode = 30;

    public static bool IsFault(Exception error) => error is IOException or UnauthorizedAccessException;

    public static ObjectStoreException Explain(Exception error, string folder) => error switch
    {
        UnauthorizedAccessException => new(
            ObjectStoreFault.Credentials, $"no permission in the folder '{folder}' ({error.Message}): correct its permissions", error),
        DirectoryNotFoundException or FileNotFoundException => new(
            ObjectStoreFault.Missing, $"the folder '{folder}' was removed ({error.Message}): create it again, or correct the setting", error),
        IOException when FullCodes.Contains(error.HResult & 0xFFFF) => new(
            ObjectStoreFault.Full, $"the disk of '{folder}' is full: free space, or choose another folder", error),
        IOException when (error.HResult & 0xFFFF) == ReadOnlyCode => new(
            ObjectStoreFault.Credentials, $"the disk of '{folder}' is read-only: mount it writable, or choose another folder", error),
        _ => new(ObjectStoreFault.Other, $"the disk of '{folder}' failed ({error.Message}): check the disk", error),
    };
}
