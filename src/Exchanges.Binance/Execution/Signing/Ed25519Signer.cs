using System.Text;
using BtcAgent.Exchanges.Binance.Settings;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;

namespace BtcAgent.Exchanges.Binance.Execution.Signing;

/// <summary>Signs with Ed25519 (RFC 8032) and our private key; the venue has the public key.</summary>
public sealed class Ed25519Signer : RequestSigner
{
    private readonly Ed25519PrivateKeyParameters _key;

    private Ed25519Signer(Ed25519PrivateKeyParameters key) => _key = key;

    public override string Algorithm => "Ed25519";

    /// <exception cref="BinanceCredentialsException">Not an Ed25519 private key in PEM.</exception>
    public static Ed25519Signer FromPem(string pem)
    {
        object? read;
        try
        {
            using var text = new StringReader(pem);
            read = new PemReader(text).ReadObject();
        }
        catch (Exception e) when (e is IOException or PemException or FormatException or ArgumentException or InvalidOperationException)
        {
            read = null; // The reason would quote the key.
        }

        return read is Ed25519PrivateKeyParameters key
            ? new Ed25519Signer(key)
            : throw new BinanceCredentialsException(
                $"{BinanceTradingOptions.Section}:PrivateKeyFile does not contain an Ed25519 private key in PEM: "
                + "make one with 'openssl genpkey -algorithm ed25519 -out key.pem' and register its public part with the venue");
    }

    public override string Sign(string payload)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        var signature = new byte[Ed25519PrivateKeyParameters.SignatureSize];
        _key.Sign(Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Algorithm.Ed25519, null, bytes, 0, bytes.Length, signature, 0);
        return Convert.ToBase64String(signature);
    }
}
