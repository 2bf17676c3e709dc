namespace BtcAgent.Storage.Backups;

/// <summary>One file in a backup.</summary>
/// <param name="Name">Path relative to the data folder, with <c>/</c>.</param>
/// <param name="Bytes">Size before compression.</param>
/// <param name="Sha256">Hash of the content, hexadecimal.</param>
public sealed record BackupPart(string Name, long Bytes, string Sha256);
