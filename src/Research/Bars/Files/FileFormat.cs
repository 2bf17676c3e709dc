namespace BtcAgent.Research.Bars.Files;

/// <summary>How a file of bars is packed.</summary>
internal enum FileFormat
{
    Plain,
    Gzip,
    Xz,
    Zip,
}
