using System.ComponentModel.DataAnnotations;

namespace BtcAgent.History.Metrics;

/// <summary>Options of the export of metrics to InfluxDB.</summary>
public sealed class InfluxOptions : IValidatableObject
{
    public const string Section = "History:Influx";

    /// <summary>Server, such as <c>http://influx:8086</c>. Default empty: nothing is exported.</summary>
    public string Url { get; set; } = "";

    /// <summary>Database of InfluxDB 1.x, which must exist. Default empty: the server is asked by the API of 2.x.</summary>
    public string Database { get; set; } = "";

    /// <summary>User of InfluxDB 1.x. Default empty: no log-in.</summary>
    public string Username { get; set; } = "";

    /// <summary>Password of InfluxDB 1.x. A secret: never log it. Default empty.</summary>
    public string Password { get; set; } = "";

    /// <summary>Bucket of InfluxDB 2.x, which must exist. Default empty: the server is asked by the API of 1.x.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>Organisation of InfluxDB 2.x. Default empty: servers with a single one need none.</summary>
    public string Org { get; set; } = "";

    /// <summary>Token of InfluxDB 2.x. A secret: never log it. Default empty: no log-in.</summary>
    public string Token { get; set; } = "";

    /// <summary>
    /// Value of the tag <c>node</c>, different for each process: points with the same tags and time replace each other. Default empty: machine name and role.
    /// </summary>
    [RegularExpression("[^\r\n]{0,128}", ErrorMessage = "Node must be one line of at most 128 characters")]
    public string Node { get; set; } = "";

    /// <summary>Seconds between points. Range 1…3,600, default 10.</summary>
    [Range(1, 3_600)]
    public int IntervalSeconds { get; set; } = 10;

    /// <summary>Most points in one request. Range 1…50,000, default 5,000, as InfluxDB recommends.</summary>
    [Range(1, 50_000)]
    public int BatchMax { get; set; } = 5_000;

    /// <summary>
    /// Points that may wait while the server does not answer; further ones replace the oldest, which are counted. Range 1,000…10,000,000, default 100,000 (about 20 MB).
    /// </summary>
    [Range(1_000, 10_000_000)]
    public int WaitingMax { get; set; } = 100_000;

    /// <summary>Seconds after which an unanswered request fails. Range 1…120, default 10.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; set; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url.Length == 0)
        {
            yield break;
        }

        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || url.Query.Length > 0)
        {
            yield return new ValidationResult(
                $"{Section}:Url must be http://host:port or https://host:port, without user, password or query", [nameof(Url)]);
        }

        if ((Database.Length > 0) == (Bucket.Length > 0))
        {
            yield return new ValidationResult(
                $"{Section} needs either Database (InfluxDB 1.x) or Bucket (2.x): set exactly one", [nameof(Database), nameof(Bucket)]);
        }
    }
}
