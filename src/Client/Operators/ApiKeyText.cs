using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Client.Operators;

/// <summary>
/// A key as its holder sends it: <c>btck_ID_SECRET</c>. The prefix lets people and secret scanners recognise it, the id finds
/// the stored digest, the secret has 32 random bytes.
/// </summary>
/// <param name="Id">Eight hexadecimal digits.</param>
/// <param name="Secret">Base64url.</param>
internal readonly record struct ApiKeyText(string Id, string Secret)
{
    public const string Prefix = "btck_";

    private const int IdBytes = 4;
    private const int SecretBytes = 32;

    /// <summary>SHA-256 of the secret. It is as random as the secret, so that a slow hash would add nothing.</summary>
    public string Digest => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));

    public static ApiKeyText New(string? id = null) => new(
        id ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Returns null for a text that is not such a key.</summary>
    public static ApiKeyText? Parse(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.IndexOf('_', Prefix.Length) is > 0 and var end
            ? new ApiKeyText(text[Prefix.Length..end], text[(end + 1)..])
            : null;

    public override string ToString() => $"{Prefix}{Id}_{Secret}";
}
