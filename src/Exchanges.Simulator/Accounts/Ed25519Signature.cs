using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;

namespace BtcAgent.Exchanges.Simulator.Accounts;

/// <summary>Checks base64 Ed25519 signatures (RFC 8032) against a public key in PEM.</summary>
internal static class Ed25519Signature
{
    public static bool Verify(string publicKeyPem, string payload, string signature)
    {
        using var text = new StringReader(publicKeyPem);
        if (new PemReader(text).ReadObject() is not Ed25519PublicKeyParameters key)
        {
            throw new ArgumentException("the account's PublicKey is not an Ed25519 public key in PEM", nameof(publicKeyPem));
        }

        var bytes = new byte[Ed25519PrivateKeyParameters.SignatureSize];
        if (!Convert.TryFromBase64String(signature, bytes, out var length) || length != bytes.Length)
        {
            return false;
        }

        var message = Encoding.UTF8.GetBytes(payload);
        return key.Verify(
            Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Algorithm.Ed25519, null, message, 0, message.Length, bytes, 0);
    }
}
