namespace BtcAgent.Alerts.Rules;

/// <summary>The figures that each process reports about itself.</summary>
public sealed record ProcessFigures
{
    /// <summary>Our clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Name of the process.</summary>
    public required string Node { get; init; }

    /// <summary>When the process started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Wrong keys within the last ten minutes.</summary>
    public required long WrongKeys { get; init; }

    /// <summary>Whether this process makes backups.</summary>
    public required bool MakesBackups { get; init; }

    /// <summary>Time of the newest backup; null when there is none.</summary>
    public required DateTimeOffset? NewestBackup { get; init; }

    /// <summary>Why the last backup failed; null when it succeeded.</summary>
    public required string? BackupProblem { get; init; }
}
