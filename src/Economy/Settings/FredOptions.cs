using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Economy.Settings;

/// <summary>Reading of FRED. Section <c>Economy:Fred</c>. Facts about FRED: its API documentation as of 2026-11-30.</summary>
public sealed class FredOptions : IValidatableObject
{
    public const string Section = "Economy:Fred";

    /// <summary>Default: FRED. Plain http is accepted for 127.0.0.1 only.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = new("https://api.stlouisfed.org");

    /// <summary>The key: 32 lower-case letters and digits; better in a file or the environment. Default none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>File with the key. Default none.</summary>
    public string ApiKeyFile { get; set; } = "";

    /// <summary>Time limit of a request, in seconds, 1…120. Default 20.</summary>
    [Range(1.0, 120.0)]
    public double RequestTimeoutSeconds { get; set; } = 20;

    /// <inheritdoc cref="RequestTimeoutSeconds"/>
    public TimeSpan RequestTimeout => TimeSpan.FromSeconds(RequestTimeoutSeconds);

    /// <summary>Requests per minute, 1…120. Default 60; FRED allows 120.</summary>
    [Range(1, 120)]
    public int RequestsPerMinuteMax { get; set; } = 60;

    /// <summary>Requests per UTC day, 1…100,000. Default 1,000; seven releases need some 100.</summary>
    [Range(1, 100_000)]
    public int RequestsPerDayMax { get; set; } = 1_000;

    /// <summary>Pause between two requests, in seconds, 0…60. Default 1: FRED answers bursts with 429.</summary>
    [Range(0.0, 60.0)]
    public double PauseSeconds { get; set; } = 1;

    /// <inheritdoc cref="PauseSeconds"/>
    public TimeSpan Pause => TimeSpan.FromSeconds(PauseSeconds);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseAddress is { } address && (!address.IsAbsoluteUri || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))))
        {
            yield return new ValidationResult($"{Section}:BaseAddress must be an https address: the key is part of each request", [nameof(BaseAddress)]);
        }
    }
}
