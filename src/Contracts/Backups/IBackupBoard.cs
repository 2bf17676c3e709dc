namespace BtcAgent.Contracts.Backups;

/// <summary>Reports on the agent's backups.</summary>
public interface IBackupBoard
{
    BackupStatus Read();
}
