namespace BtcAgent.Cli.Downloads;

/// <summary>The outcome of <c>btcagent data download</c>.</summary>
/// <param name="Folder">Where the files are.</param>
/// <param name="Files">The files, in order of time.</param>
internal sealed record DownloadedFiles(string Folder, IReadOnlyList<DownloadedFile> Files);
