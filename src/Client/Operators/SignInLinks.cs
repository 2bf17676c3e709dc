using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Client.Operators;

/// <summary>
/// Single-use sign-in links, valid for 15 minutes, which keep the key out of URLs, histories and logs. Thread-safe.
/// </summary>
public sealed class SignInLinks(TimeProvider time)
{
    /// <summary>Maximum number of open links; one more voids the oldest.</summary>
    private const int LinksMax = 8;

    private const int TokenBytes = 32;

    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly Queue<(byte[] Digest, long MadeAt)> _links = new();

    /// <returns>Path and query of the link, without the gateway's address.</returns>
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

    /// <summary>Returns true once for each link, which is void afterwards.</summary>
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
