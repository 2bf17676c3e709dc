using System.Diagnostics.Metrics;
using BtcAgent.Contracts.Social;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Grains;

namespace BtcAgent.Silo.Social;

/// <summary>
/// Counters and gauges of the reader of posts, for every <see cref="MeterListener"/>. A process that does not read has no gauges. The source is one of
/// <c>x</c>, <c>simulated</c> and <c>offered</c>.
/// </summary>
internal sealed class SocialFigures : IDisposable
{
    /// <summary>All sources of offered posts: their names are not bounded.</summary>
    public const string Offered = "offered";

    /// <summary>Age of the posts in the tone.</summary>
    private static readonly TimeSpan ToneAge = TimeSpan.FromMinutes(10);

    private readonly Meter _meter = new(TradingGrainsExtensions.MeterName);
    private readonly Counter<long> _read;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _scored;
    private readonly Queue<SentimentTally> _tallies = new();
    private volatile SocialStatus? _status;
    private double _tone = double.NaN;

    public SocialFigures()
    {
        _read = _meter.CreateCounter<long>("social.posts.read", description: "Posts taken from a source");
        _refused = _meter.CreateCounter<long>("social.posts.refused", description: "Posts that a source withholds, that are not ours, too long or not understood");
        _scored = _meter.CreateCounter<long>("social.posts.scored", description: "Posts that count in a tally");
        Gauge("social.source.alive", "Whether the source delivers posts: 1, or 0", status => status.Sources.Where(source => source.Phase != SocialPhase.Offered)
            .Select(source => (source.Source, source.Phase == SocialPhase.Streaming ? 1.0 : 0)));
        Gauge("social.budget.level", "Level of reading: 0 off, 1 counts, 2 sampled, 3 stream", status => Of(status.Budget, budget => (int)budget.Level));
        Gauge("social.budget.spent.share", "Used share of the tightest limit of the budget, 0 to 1", status => Of(status.Budget, budget => budget.SpentShare));
        Gauge("social.budget.dollars.day", "Dollars spent or reserved in this UTC day", status => Of(status.Budget, budget => (double)budget.Day.Dollars));
        _meter.CreateObservableGauge(
            "social.tone", () => Volatile.Read(ref _tone) is var tone && double.IsFinite(tone) ? [new Measurement<double>(tone)] : Array.Empty<Measurement<double>>(),
            description: "Mean tone of the last ten minutes' posts by their weights, -1 to 1");
    }

    public void Read(string source, long posts = 1) => _read.Add(posts, new KeyValuePair<string, object?>("source", source));

    public void Refused(string source, long posts)
    {
        if (posts > 0)
        {
            _refused.Add(posts, new KeyValuePair<string, object?>("source", source));
        }
    }

    /// <summary>Counts a tally that was published.</summary>
    public void Published(SentimentTally tally)
    {
        _scored.Add(tally.Posts);
        _tallies.Enqueue(tally);
        while (_tallies.TryPeek(out var oldest) && oldest.KnownAt < tally.KnownAt - ToneAge)
        {
            _tallies.Dequeue();
        }

        var weight = _tallies.Sum(each => each.Influence);
        Volatile.Write(ref _tone, weight > 0 ? (double)_tallies.Sum(each => each.InfluenceTone) / weight : double.NaN);
    }

    /// <summary>Shows a report; null at the end of reading.</summary>
    public void Show(SocialStatus? status)
    {
        _status = status;
        if (status is null)
        {
            _tallies.Clear();
            Volatile.Write(ref _tone, double.NaN);
        }
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<(string Source, double Value)> Of(SocialBudgetStatus? budget, Func<SocialBudgetStatus, double> read) =>
        budget is null ? [] : [(budget.Source, read(budget))];

    private void Gauge(string name, string description, Func<SocialStatus, IEnumerable<(string Source, double Value)>> read) => _meter.CreateObservableGauge(
        name,
        () => _status is { } status
            ? read(status).Select(each => new Measurement<double>(each.Value, new KeyValuePair<string, object?>("source", each.Source))).ToArray()
            : [],
        description: description);
}
