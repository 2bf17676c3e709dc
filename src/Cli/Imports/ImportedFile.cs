namespace BtcAgent.Cli.Imports;

/// <summary>The outcome of one file.</summary>
/// <param name="File">Path.</param>
/// <param name="Kind">Recognised kind.</param>
/// <param name="Source">Name of the file's content in the history.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="Stored">Rows added to the history.</param>
/// <param name="AlreadyStored">Rows that the history had.</param>
/// <param name="Findings">Gaps, repeats and so on, with the first lines; empty for a clean file.</param>
/// <param name="From">Earliest time; null without rows.</param>
/// <param name="To">Latest time; null without rows.</param>
internal sealed record ImportedFile(
    string File, string Kind, string Source, long Rows, long Stored, long AlreadyStored, IReadOnlyList<string> Findings, DateTimeOffset? From, DateTimeOffset? To);
