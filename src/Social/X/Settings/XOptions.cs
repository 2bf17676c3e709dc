using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace BtcAgent.Social.X.Settings;

/// <summary>Reading of X. Section <c>Social:X</c>. Facts about X: its documentation as of 2026-08-22.</summary>
public sealed partial class XOptions : IValidatableObject
{
    public const string Section = "Social:X";

    /// <summary>Longest query of a search, which also bounds a rule here: each rule is searched after an interruption.</summary>
    public const int QueryLengthMax = 512;

    /// <summary>Characters of <c> sample:100</c>, which a rule must leave free.</summary>
    private const int SampleLength = 11;

    /// <summary>Default: X. Plain http is accepted for 127.0.0.1 only.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = new("https://api.x.com");

    /// <summary>The app's bearer token; better in a file or the environment. Default none.</summary>
    public string BearerToken { get; set; } = "";

    /// <summary>File with the bearer token. Default none.</summary>
    public string BearerTokenFile { get; set; } = "";

    /// <summary>
    /// Queries by name, 1…25, each up to 501 characters. Default one: bitcoin in English without reposts. Operators: X, "Build a rule".
    /// </summary>
    public Dictionary<string, string> Rules { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Begins the tags of our rules; rules with other tags are left alone. Default <c>btcagent:</c>.</summary>
    [Required, StringLength(40, MinimumLength = 3)]
    public string RuleTagPrefix { get; set; } = "btcagent:";

    /// <summary>Share of the posts that is read when the budget runs low, in percent, 1…99. Default 10.</summary>
    [Range(1, 99)]
    public int SamplePercent { get; set; } = 10;

    /// <summary>A stream without a byte for this long is dead, in seconds, 20…60. Default 40: X sends a blank line every 20 s.</summary>
    [Range(20.0, 60.0)]
    public double SilenceSeconds { get; set; } = 40;

    /// <inheritdoc cref="SilenceSeconds"/>
    public TimeSpan Silence => TimeSpan.FromSeconds(SilenceSeconds);

    /// <summary>Time limit of a request, and of the answer's beginning for a stream, in seconds, 1…120. Default 20.</summary>
    [Range(1.0, 120.0)]
    public double RequestTimeoutSeconds { get; set; } = 20;

    /// <inheritdoc cref="RequestTimeoutSeconds"/>
    public TimeSpan RequestTimeout => TimeSpan.FromSeconds(RequestTimeoutSeconds);

    /// <summary>Longest line of the stream that is read, in bytes, 4,096…1,048,576. Default 65,536. Longer ones are skipped and counted.</summary>
    [Range(4_096, 1_048_576)]
    public int LineBytesMax { get; set; } = 65_536;

    /// <summary>Connections to the stream within 15 minutes, 1…50. Default 45; X allows 50.</summary>
    [Range(1, 50)]
    public int ConnectsMax { get; set; } = 45;

    /// <summary>Posts per second expected before any were measured, 0.01…250: the first reservation. Default 1.</summary>
    [Range(0.01, 250.0)]
    public double ExpectedPostsPerSecond { get; set; } = 1;

    /// <summary>
    /// Posts reserved for each connection beyond those that are read, 1…10,000, and spent at its end: X may have sent and charged them before it knew of the
    /// end. Default 50; more at rates of which a dead stream could take more in its silence.
    /// </summary>
    [Range(1, 10_000)]
    public int SlackReads { get; set; } = 50;

    /// <summary>Pages of 100 posts that a search after an interruption reads for each rule, 0…100. Default 10; 0 searches nothing.</summary>
    [Range(0, 100)]
    public int SearchPagesMax { get; set; } = 10;

    /// <summary>Time from the opening of the stream to the search of what was missed, in seconds, 0…300. Default 15: X delivers and indexes late.</summary>
    [Range(0.0, 300.0)]
    public double SearchDelaySeconds { get; set; } = 15;

    /// <inheritdoc cref="SearchDelaySeconds"/>
    public TimeSpan SearchDelay => TimeSpan.FromSeconds(SearchDelaySeconds);

    /// <summary>How much later than a newer post an older one may come, in seconds, 15…600. Default 60. Searches begin this much earlier.</summary>
    [Range(15.0, 600.0)]
    public double LatenessSeconds { get; set; } = 60;

    /// <inheritdoc cref="LatenessSeconds"/>
    public TimeSpan Lateness => TimeSpan.FromSeconds(LatenessSeconds);

    /// <summary>Time between two comparisons of X's rules with ours, in seconds, 30…86,400. Default 300.</summary>
    [Range(30.0, 86_400.0)]
    public double RuleCheckSeconds { get; set; } = 300;

    /// <inheritdoc cref="RuleCheckSeconds"/>
    public TimeSpan RuleCheck => TimeSpan.FromSeconds(RuleCheckSeconds);

    /// <summary>The rules, or the default one.</summary>
    public IReadOnlyDictionary<string, string> RulesOrDefault => Rules.Count > 0 ? Rules : Default;

    private static IReadOnlyDictionary<string, string> Default { get; } =
        new Dictionary<string, string> { ["bitcoin"] = "(bitcoin OR #bitcoin OR $BTC) lang:en -is:retweet" };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseAddress is { IsAbsoluteUri: false } or { Scheme: not ("https" or "http") })
        {
            yield return new($"{Section}:BaseAddress is not a web address: use one such as https://api.x.com", [nameof(BaseAddress)]);
        }
        else if (BaseAddress is { Scheme: "http", IsLoopback: false })
        {
            yield return new($"{Section}:BaseAddress: the token would be sent in clear: use https", [nameof(BaseAddress)]);
        }

        if (RulesOrDefault.Count > 25)
        {
            yield return new($"{Section}:Rules: {RulesOrDefault.Count} rules, more than 25: combine some with OR", [nameof(Rules)]);
        }

        foreach (var names in RulesOrDefault.GroupBy(rule => rule.Value, rule => rule.Key, StringComparer.Ordinal).Where(names => names.Count() > 1))
        {
            yield return new($"{Section}:Rules: {string.Join(" and ", names)} have the same query: remove one", [nameof(Rules)]);
        }

        foreach (var (name, value) in RulesOrDefault)
        {
            if (!Name().IsMatch(name))
            {
                yield return new($"{Section}:Rules: a name has letters, digits and '-', at most 40: rename '{name}'", [nameof(Rules)]);
            }

            if (value.Length is 0 or > QueryLengthMax - SampleLength || value.Contains("sample:", StringComparison.Ordinal))
            {
                yield return new(
                    $"{Section}:Rules:{name} has {value.Length} characters: use 1 to {QueryLengthMax - SampleLength}, without sample:, which the budget adds",
                    [nameof(Rules)]);
            }
        }
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,40}$")]
    private static partial Regex Name();
}
