namespace BtcAgent.Cli.Downloads;

/// <summary>One file of a download.</summary>
/// <param name="File">Path.</param>
/// <param name="Origin">"archive", "rest", or "present" when it was there already and is whole.</param>
/// <param name="Bytes">Size.</param>
internal sealed record DownloadedFile(string File, string Origin, long Bytes);
