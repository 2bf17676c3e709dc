namespace BtcAgent.Cli.Downloads;

/// <summary>A download failed; the message names the address and the remedy.</summary>
internal sealed class DownloadException(string message) : IOException(message);
