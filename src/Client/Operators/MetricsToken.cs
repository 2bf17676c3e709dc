using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Client.Operators;

/// <summary>The token for <c>/metrics</c>, read from a file; without a file nothing matches.</summary>
internal sealed class MetricsToken
{
    private const int LengthMin = 32;

    private readonly byte[]? _digest;

    private MetricsToken(byte[]? digest) => _digest = digest;

    /// <param name="path">Empty for none.</param>
    /// <exception cref="OperatorKeyException">The file cannot be read, or is too short to be a secret.</exception>
    public static MetricsToken Read(string path)
    {
        if (path.Length == 0)
        {
            return new MetricsToken(null);
        }

        try
        {
            var text = File.ReadAllText(path).Trim();
            return text.Length >= LengthMin
                ? new MetricsToken(SHA256.HashData(Encoding.UTF8.GetBytes(text)))
                : throw new OperatorKeyException(
                    $"Gateway:MetricsTokenFile: '{path}' has {text.Length} characters but needs {LengthMin} or more: create one with openssl rand -hex 32");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorKeyException($"Gateway:MetricsTokenFile: '{path}' cannot be read ({e.Message}): correct the path or its permissions", e);
        }
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string candidate) =>
        _digest is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(candidate)), _digest);
}
