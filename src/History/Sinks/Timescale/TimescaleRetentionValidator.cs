using Microsoft.Extensions.Options;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>
/// Refuses a retention within the four days in which aggregates are refreshed: a refresh of removed data would empty them.
/// </summary>
internal sealed class TimescaleRetentionValidator : IValidateOptions<TimescaleOptions>
{
    public const int DaysMin = 7;

    public ValidateOptionsResult Validate(string? name, TimescaleOptions options)
    {
        (string Name, int Days)[] retentions =
        [
            (nameof(options.MarketDataRetentionDays), options.MarketDataRetentionDays),
            (nameof(options.OrderBookRetentionDays), options.OrderBookRetentionDays),
            (nameof(options.FeaturesRetentionDays), options.FeaturesRetentionDays),
            (nameof(options.SignalsRetentionDays), options.SignalsRetentionDays),
            (nameof(options.BarsRetentionDays), options.BarsRetentionDays),
            (nameof(options.RiskMetricsRetentionDays), options.RiskMetricsRetentionDays),
            (nameof(options.LatencyRetentionDays), options.LatencyRetentionDays),
            (nameof(options.PostsRetentionDays), options.PostsRetentionDays),
            (nameof(options.SentimentRetentionDays), options.SentimentRetentionDays),
        ];
        var tooShort = retentions.Where(retention => retention.Days is > 0 and < DaysMin).ToList();
        return tooShort.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(tooShort.Select(retention =>
                $"{TimescaleOptions.Section}:{retention.Name} is {retention.Days}: set 0 to keep all, or at least {DaysMin} days, "
                + "because aggregates are refreshed from the data of the last four days"));
    }
}
