using System.Globalization;
using System.Security.Cryptography;
using BtcAgent.Storage.Embedded;
using BtcAgent.Storage.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Storage.Backups;

/// <summary>
/// Restores a backup into a data folder: extracts and checks it beside the state, then replaces the files. A marker keeps an agent
/// from starting on a mixture when the replacement is interrupted; the same command then finishes it. The restored state gets a
/// new id and a pending halt, as any older state that an operator accepts.
/// </summary>
public sealed class BackupRestore(BackupArchive archive, TimeProvider time)
{
    private const string Extracted = ".restoring";

    private static readonly string[] StateFiles =
    [
        .. new[] { EmbeddedSnapshot.State, EmbeddedSnapshot.JournalName }.SelectMany(name => new[] { name, name + "-wal", name + "-shm" }),
    ];

    /// <param name="name">Name of the backup.</param>
    /// <param name="dataFolder">The data folder; created when missing.</param>
    /// <param name="force">Moves an existing state aside.</param>
    /// <param name="cancellationToken">Ends the work before the replacement begins.</param>
    /// <exception cref="BackupException">The folder has a state, or the backup is not usable.</exception>
    /// <exception cref="EmbeddedStoreException">Another process uses the folder.</exception>
    public async Task<RestoredBackup> RestoreAsync(string name, string dataFolder, bool force, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(dataFolder))
        {
            BackupStaging.CreatePrivate(dataFolder);
        }

        using var folder = DataFolder.OpenForRestore(dataFolder);
        var root = folder.FullPath;
        var found = StateFiles.FirstOrDefault(file => File.Exists(Path.Combine(root, file)));
        if (found is not null && !force && !folder.HasUnfinishedRestore)
        {
            throw new BackupException(
                BackupFault.FolderInUse,
                $"the data folder '{root}' has a {found}: add --force to move it aside, or restore into another folder with --data DIR");
        }

        var extracted = Path.Combine(root, Extracted);
        try
        {
            Renew(extracted);
            var contents = await archive.ExtractAsync(name, extracted, cancellationToken);
            await AcceptAsync(extracted, contents);
            cancellationToken.ThrowIfCancellationRequested();
            return new RestoredBackup(contents, root, Replace(root, extracted, contents));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BackupException(
                BackupFault.Other, $"the restore into '{root}' failed ({error.Message}): free space or correct permissions, then run it again", error);
        }
        finally
        {
            Delete(extracted);
        }
    }

    /// <summary>Gives the extracted state a new id, so that it is never taken for the one it was copied from, and requires a halt.</summary>
    private async Task AcceptAsync(string folder, BackupContents contents)
    {
        var options = new EmbeddedStoreOptions { StateSizeMaxMb = 1_048_576, JournalSizeMaxMb = 1_048_576 };
        using (var data = DataFolder.Open(folder))
        {
            using var state = new StateStore(data, options, time);
            await using var journal = new Journal(data, options, NullLogger<Journal>.Instance, time);
            state.Begin(RandomNumberGenerator.GetHexString(32, lowercase: true), contents.Commits);
            var instant = contents.Instant.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
            journal.Accept(
                state.Mark,
                $"restored from {contents.Name}: commit {contents.Commits} of {contents.StateId}",
                $"the state was restored from the backup of {instant}: whatever happened later is missing; compare cash, positions and orders, then resume",
                time.GetUtcNow());
        }

        File.Delete(Path.Combine(folder, DataFolder.LockFileName));
    }

    /// <summary>Returns the folder with the former files; null when there were none.</summary>
    private string? Replace(string root, string extracted, BackupContents contents)
    {
        var aside = Path.Combine(root, "before-restore-" + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture));
        var marker = Path.Combine(root, DataFolder.RestoreMarker);
        AtomicFile.WriteAllBytes(marker, System.Text.Encoding.UTF8.GetBytes(contents.Name));
        var isAsideUsed = false;
        var files = contents.Parts.Select(part => part.Name).Where(name => name != BackupArchive.OpeningsFile).ToList();
        if (files.Count < contents.Parts.Length)
        {
            RestoredLines.Join(Path.Combine(extracted, BackupArchive.OpeningsFile), Path.Combine(root, BackupArchive.OpeningsFile));
        }

        foreach (var file in StateFiles.Union(files).Where(file => File.Exists(Path.Combine(root, file))))
        {
            isAsideUsed = true;
            BackupStaging.CreatePrivate(aside);
            Move(Path.Combine(root, file), Path.Combine(aside, file));
        }

        foreach (var file in files)
        {
            Sync(Path.Combine(extracted, file));
            Move(Path.Combine(extracted, file), Path.Combine(root, file));
        }

        File.Delete(marker);
        return isAsideUsed ? aside : null;
    }

    /// <summary>A file must be on disk before its name is.</summary>
    private static void Sync(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        file.Flush(flushToDisk: true);
    }

    private static void Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(from, to);
    }

    private static void Renew(string folder)
    {
        Delete(folder);
        BackupStaging.CreatePrivate(folder);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
