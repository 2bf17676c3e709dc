using System.Security.Cryptography;
using System.Text;
using BtcAgent.Client.Operators;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace BtcAgent.Client.Idempotency;

/// <summary>
/// The header <c>Idempotency-Key</c> (IETF draft-ietf-httpapi-idempotency-key-header), in gRPC the metadata of the same name: 1…255 printable
/// ASCII characters, chosen by the caller for one command.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Header of an answer that repeats the first one.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    public const int LengthMax = 255;

    /// <returns>The key; null when the request has none, or one with a problem.</returns>
    public static string? Read(HttpContext context, out ProblemDetails? problem)
    {
        problem = null;
        if (!context.Request.Headers.TryGetValue(Header, out var values) || values.Count == 0)
        {
            return null;
        }

        var key = values.Count == 1 ? values[0] ?? "" : "";
        if (values.Count == 1 && key.Length is > 0 and <= LengthMax && key.All(c => c is >= ' ' and <= '~'))
        {
            return key;
        }

        problem = new ProblemDetails
        {
            Status = StatusCodes.Status400BadRequest,
            Title = "The idempotency key is invalid",
            Detail = values.Count > 1
                ? $"{Header} is sent {values.Count} times: send it once"
                : $"{Header} has {key.Length} characters, or some that are not printable ASCII: send 1…{LengthMax}, such as a UUID",
        };
        return null;
    }

    /// <summary>Digest of caller and key: the keys of two callers never meet, and the store does not contain the key itself.</summary>
    public static string DigestOf(Caller caller, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{(caller.KeyId is { } id ? $"key {id}" : $"name {caller.Name}")}\n{key}")));

    /// <summary>Digest of a request: the same key must come with the same one.</summary>
    /// <param name="route">Method and path, with the query.</param>
    /// <param name="body">The body.</param>
    public static string FingerprintOf(string route, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(route));
        hash.AppendData([0]);
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
