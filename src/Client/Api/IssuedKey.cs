namespace BtcAgent.Client.Api;

/// <summary>A new key or a new secret.</summary>
/// <param name="Key">The key as it is listed.</param>
/// <param name="Secret">The key as its holder sends it. Shown this once: only its digest is stored.</param>
public sealed record IssuedKey(KeyView Key, string Secret);
