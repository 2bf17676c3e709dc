namespace BtcAgent.Storage.Backups;

/// <summary>A backup cannot be made, read or restored; the message names it, the cause and the remedy in one line.</summary>
public sealed class BackupException(BackupFault fault, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public BackupFault Fault { get; } = fault;

    internal static BackupException Damaged(string backup, string part, string why) => new(
        BackupFault.Damaged, $"the backup '{backup}' is damaged in {part} ({why}): use another backup");
}
