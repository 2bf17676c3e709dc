using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Keys;

/// <summary>A key that was issued or rotated.</summary>
/// <param name="Key">The key, without its secret.</param>
/// <param name="Secret">Its secret; null when it is in <paramref name="File"/>.</param>
/// <param name="File">File with the secret; null when it was printed.</param>
internal sealed record IssuedKeyFile(KeyView Key, string? Secret, string? File);
