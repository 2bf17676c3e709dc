using BtcAgent.Storage.Backups;
using Spectre.Console;

namespace BtcAgent.Cli.Backups;

/// <summary>Prints the contents of a backup.</summary>
internal static class BackupTable
{
    public static void Write(IAnsiConsole console, BackupContents contents, long bytes)
    {
        console.WriteLine(FormattableString.Invariant(
            $"{contents.Name}: as of {contents.Instant.UtcDateTime:u}, {bytes / 1_024.0:N0} KiB, {(contents.Header.IsEncrypted ? "encrypted" : "not encrypted")}, BtcAgent {contents.Header.AgentVersion}"));
        console.WriteLine(FormattableString.Invariant(
            $"  state after {contents.Commits} commits: {string.Join(", ", contents.States.Select(state => $"{state.Key} {state.Value}"))}"));
        console.WriteLine(FormattableString.Invariant(
            $"  journal: {contents.Decisions} decisions{(contents.NewestDecision is { } newest ? $", the newest of {newest.UtcDateTime:u}" : "")}"));
        foreach (var part in contents.Parts)
        {
            console.WriteLine(FormattableString.Invariant($"  {part.Name}  {part.Bytes / 1_024.0:N0} KiB  sha256 {part.Sha256[..16]}…"));
        }
    }
}
