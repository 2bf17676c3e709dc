using BtcAgent.Storage.Objects;

namespace BtcAgent.Cli.Inputs;

/// <summary>Places of objects on the command line.</summary>
internal static class StorePlace
{
    private const string S3Scheme = "s3://";

    public static bool IsS3(string? place) => place?.StartsWith(S3Scheme, StringComparison.Ordinal) == true;

    /// <param name="place"><c>s3://BUCKET[/PREFIX]</c>.</param>
    /// <param name="endpoint">Address of a server other than Amazon's.</param>
    /// <param name="region">Region of the server.</param>
    public static ObjectStoreOptions OfS3(string place, string? endpoint, string region)
    {
        var rest = place[S3Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var prefix = slash < 0 ? "" : rest[(slash + 1)..];
        return new ObjectStoreOptions
        {
            Kind = ObjectStoreKind.S3,
            Bucket = slash < 0 ? rest : rest[..slash],
            Prefix = prefix.Length == 0 || prefix.EndsWith('/') ? prefix : prefix + "/",
            Endpoint = endpoint,
            Region = region,
        };
    }
}
