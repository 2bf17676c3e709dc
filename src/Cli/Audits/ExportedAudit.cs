namespace BtcAgent.Cli.Audits;

/// <summary>The result of an export.</summary>
/// <param name="File">The file written.</param>
/// <param name="Entries">Entries in it.</param>
internal sealed record ExportedAudit(string File, long Entries);
