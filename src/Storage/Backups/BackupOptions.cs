using System.ComponentModel.DataAnnotations;
using BtcAgent.Storage.Objects;
using Microsoft.Extensions.Options;

namespace BtcAgent.Storage.Backups;

/// <summary>Options of scheduled backups of the embedded store: section <c>Backup</c>.</summary>
public sealed class BackupOptions
{
    public const string Section = "Backup";

    /// <summary>Whether the agent backs up its data folder. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Hours between two backups, counted from the newest one, also over restarts. Range 1…8,760, default 24.</summary>
    [Range(1, 8_760)]
    public int EveryHours { get; set; } = 24;

    /// <summary>Number of backups to keep; older ones are deleted. Range 1…10,000, default 7.</summary>
    [Range(1, 10_000)]
    public int Keep { get; set; } = 7;

    /// <summary>Days to keep a backup; the newest is kept at any age. Range 1…36,500, default 90.</summary>
    [Range(1, 36_500)]
    public int KeepDays { get; set; } = 90;

    /// <summary>Total size of the backups, MiB; the oldest beyond it are deleted. Range 1…104,857,600, default 4,096.</summary>
    [Range(1, 104_857_600)]
    public int SizeMaxMb { get; set; } = 4_096;

    /// <summary>
    /// File with the key that encrypts backups; the environment variable <c>BTCAGENT_BACKUP_KEY</c> takes precedence. Default
    /// null: without a key, backups are not encrypted.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>Where backups are stored; by default the folder <c>backups</c> in the data folder.</summary>
    [ValidateObjectMembers(typeof(ObjectStoreOptionsValidator))]
    public ObjectStoreOptions Store { get; set; } = new();
}
