using System.Text.Json.Serialization;

namespace BtcAgent.Storage.Backups;

/// <summary>The readable beginning of a backup.</summary>
/// <param name="Format">Version of everything after the header.</param>
/// <param name="AgentVersion">Version of the program that wrote it.</param>
/// <param name="CreatedAt">Instant of its contents.</param>
/// <param name="Derivation">How the file's key derives from the operator's key; <c>none</c>: not encrypted.</param>
/// <param name="Iterations">Iterations of the derivation from a passphrase.</param>
/// <param name="Salt">Random bytes of this file, base64.</param>
/// <param name="KeyCheck">Distinguishes a wrong key from damage; null when not encrypted.</param>
public sealed record BackupHeader(
    int Format, string AgentVersion, DateTimeOffset CreatedAt, string Derivation, int Iterations, string Salt, string? KeyCheck)
{
    /// <summary>The format that this program writes, and the newest that it reads.</summary>
    public const int Newest = 1;

    internal const string NoDerivation = "none";

    [JsonIgnore]
    public bool IsEncrypted => Derivation != NoDerivation;
}
