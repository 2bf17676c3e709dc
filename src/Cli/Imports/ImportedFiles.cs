namespace BtcAgent.Cli.Imports;

/// <summary>The outcome of <c>btcagent data import</c>.</summary>
internal sealed record ImportedFiles(string Folder, string Instrument, IReadOnlyList<ImportedFile> Files);
