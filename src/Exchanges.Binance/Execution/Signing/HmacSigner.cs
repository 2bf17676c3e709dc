using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Exchanges.Binance.Execution.Signing;

/// <summary>Signs with HMAC-SHA256 and the secret of the API key.</summary>
public sealed class HmacSigner : RequestSigner
{
    private readonly byte[] _secret;

    public HmacSigner(string secret) => _secret = Encoding.UTF8.GetBytes(secret);

    /// <summary>Copies the secret.</summary>
    public HmacSigner(ReadOnlySpan<byte> secret) => _secret = secret.ToArray();

    public override string Algorithm => "HMAC-SHA256";

    public override string Sign(string payload) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(payload)));
}
