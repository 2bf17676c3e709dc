using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using BtcAgent.Exchanges.Binance.Settings;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace BtcAgent.Exchanges.Binance.Execution.Signing;

/// <summary>Signs with Ed25519 (RFC 8032) and our private key; the venue has the public key.</summary>
public sealed class Ed25519Signer : RequestSigner
{
    private readonly Ed25519PrivateKeyParameters _key;

    private Ed25519Signer(Ed25519PrivateKeyParameters key) => _key = key;

    public override string Algorithm => "Ed25519";

    /// <summary>Copies the key; the caller zeroes its own bytes.</summary>
    /// <exception cref="BinanceCredentialsException">Not an Ed25519 private key in PEM.</exception>
    public static Ed25519Signer FromPem(ReadOnlySpan<byte> pem)
    {
        AsymmetricKeyParameter? read;
        var der = Array.Empty<byte>();
        try
        {
            var fields = PemEncoding.FindUtf8(pem);
            der = new byte[fields.DecodedDataLength];
            var isDecoded = Base64.DecodeFromUtf8(pem[fields.Base64Data], der, out _, out _) == OperationStatus.Done;
            read = isDecoded && pem[fields.Label].SequenceEqual("PRIVATE KEY"u8) ? PrivateKeyFactory.CreateKey(der) : null;
        }
        catch (Exception e) when (e is IOException or ArgumentException or SecurityUtilityException or InvalidCastException or InvalidOperationException)
        {
            read = null; // The reason would quote the key.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }

        return read is Ed25519PrivateKeyParameters key
            ? new Ed25519Signer(key)
            : throw new BinanceCredentialsException(
                $"the private key ({BinanceTradingOptions.Section}:PrivateKeyFile, or sealed) is not an Ed25519 private key in PEM: "
                + "make one with 'openssl genpkey -algorithm ed25519 -out key.pem' and register its public part with the venue");
    }

    /// <inheritdoc cref="FromPem(ReadOnlySpan{byte})"/>
    public static Ed25519Signer FromPem(string pem) => FromPem(Encoding.UTF8.GetBytes(pem));

    public override string Sign(string payload)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        var signature = new byte[Ed25519PrivateKeyParameters.SignatureSize];
        _key.Sign(Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Algorithm.Ed25519, null, bytes, 0, bytes.Length, signature, 0);
        return Convert.ToBase64String(signature);
    }
}
