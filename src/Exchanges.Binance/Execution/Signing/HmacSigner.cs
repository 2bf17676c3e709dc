using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Exchanges.Binance.Execution.Signing;

/// <summary>Signs with HMAC-SHA256 and the secret of the API key.</summary>
public sealed class HmacSigner(string secret) : RequestSigner
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    public override string Algorithm => "HMAC-SHA256";

    public override string Sign(string payload) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(payload)));
}
