using System.ComponentModel.DataAnnotations;

namespace BtcAgent.History.Sinks.Redis;

/// <summary>Options of the Redis sink.</summary>
public sealed class RedisSinkOptions : IValidatableObject
{
    public const string Section = "History:Redis";

    /// <summary>
    /// Server, such as <c>redis:6379,user=btcagent,password=…,ssl=true</c>, in StackExchange.Redis' format. Contains a secret:
    /// never log it. Default empty: the sink is off.
    /// </summary>
    public string Connection { get; set; } = "";

    /// <summary>
    /// Text before each key, such as <c>btcagent:</c>. A Redis Cluster needs a hash tag, such as <c>{btcagent}:</c>, because a
    /// write and its checkpoint must be on one node. Default empty: the keys have the names of the specification.
    /// </summary>
    [RegularExpression("[!-~]{0,64}", ErrorMessage = "KeyPrefix must be at most 64 printable ASCII characters without spaces")]
    public string KeyPrefix { get; set; } = "";

    /// <summary>
    /// Entries to keep per stream; Redis removes older ones in whole blocks, so some more remain. Range 1,000…100,000,000,
    /// default 100,000.
    /// </summary>
    [Range(1_000, 100_000_000)]
    public int EntriesMax { get; set; } = 100_000;

    /// <summary>
    /// Hours to keep entries, by the time at which they were logged; 0 keeps them until <see cref="EntriesMax"/>. Range 0…8,760, default 24.
    /// </summary>
    [Range(0, 8_760)]
    public int KeepHours { get; set; } = 24;

    /// <summary>
    /// Seconds after which <c>market_state:*</c> expires without a newer event. Range 1…86,400, default 60.
    /// </summary>
    [Range(1, 86_400)]
    public int MarketStateSeconds { get; set; } = 60;

    /// <summary>
    /// Seconds after which <c>model_predictions:*</c> expires without a newer signal. Range 1…86,400, default 300.
    /// </summary>
    [Range(1, 86_400)]
    public int PredictionSeconds { get; set; } = 300;

    /// <summary>
    /// Milliseconds after which an unanswered command fails. Range 100…60,000, default 5,000.
    /// </summary>
    [Range(100, 60_000)]
    public int TimeoutMs { get; set; } = 5_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Connection.Length > 0 && RedisConnection.TryParse(this) is null)
        {
            yield return new ValidationResult(
                $"{Section}:Connection cannot be read: write it as host:6379,user=…,password=…,ssl=true", [nameof(Connection)]);
        }
    }
}
