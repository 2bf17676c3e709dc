using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Client.Operators;

/// <summary>
/// Sign-in links that work once and for a quarter of an hour, so that the key itself is in no address, history or
/// log. Thread-safe.
/// </summary>
public sealed class SignInLinks(TimeProvider time)
{
    /// <summary>Links open at a time; one more voids the oldest.</summary>
    private const int LinksMax = 8;

    private const int TokenBytes = 32;

    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly Queue<(byte[] Digest, long MadeAt)> _links = new();

    /// <returns>Path and query, to be put behind the gateway's address.</returns>
    public string Make()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        lock (_gate)
        {
            if (_links.Count == LinksMax)
            {
                _links.Dequeue();
            }

            _links.Enqueue((DigestOf(token), time.GetTimestamp()));
        }

        return $"{SignInEndpoint.Path}?token={token}";
    }

    /// <summary>True once for each link; it is void afterwards.</summary>
    internal bool Redeem(string token)
    {
        var digest = DigestOf(token);
        lock (_gate)
        {
            var found = false;
            for (var left = _links.Count; left > 0; left--)
            {
                var link = _links.Dequeue();
                if (CryptographicOperations.FixedTimeEquals(link.Digest, digest))
                {
                    found = time.GetElapsedTime(link.MadeAt) < AgeMax;
                }
                else
                {
                    _links.Enqueue(link);
                }
            }

            return found;
        }
    }

    private static byte[] DigestOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
