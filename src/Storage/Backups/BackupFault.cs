namespace BtcAgent.Storage.Backups;

/// <summary>Why a backup cannot be made, read or restored.</summary>
public enum BackupFault
{
    /// <summary>A setting, name or file is wrong, or the machine failed; the message names it.</summary>
    Other = 0,

    /// <summary>Bytes of the backup changed, or are missing.</summary>
    Damaged = 1,

    /// <summary>The key is missing or another one.</summary>
    Key = 2,

    /// <summary>A newer version wrote it.</summary>
    Newer = 3,

    /// <summary>The data folder has a state, or another process uses it.</summary>
    FolderInUse = 4,
}
