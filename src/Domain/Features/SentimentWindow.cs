using BtcAgent.Domain.Sentiment;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Features;

/// <summary>Sums over tallies of posts, each weighted by 2^(−age / half-life). A tally costs O(1), the passage of time nothing.</summary>
/// <param name="halfLifeSeconds">Age at which a post counts half.</param>
internal sealed class SentimentWindow(double halfLifeSeconds) : IStateful
{
    /// <summary>Least weight of posts from which a tone is taken: one post of full weight after ten half-lives.</summary>
    private const double WeightMin = 0.001;

    private const double Unit = 1e-8;

    private Timestamp _at;
    private double _posts;
    private double _content;
    private double _contentTone;
    private double _contentToneSquared;
    private double _extremeContent;
    private double _influence;
    private double _influenceTone;

    /// <summary>Σc·t / Σc, −1…1; NaN without weight.</summary>
    public double Mean(Timestamp time) => Ratio(_contentTone, _content, time);

    /// <summary>Weighted standard deviation of the tone; NaN without weight.</summary>
    public double Dispersion(Timestamp time) =>
        Mean(time) is var mean && double.IsNaN(mean) ? double.NaN : Math.Sqrt(Math.Max(0, (_contentToneSquared / _content) - (mean * mean)));

    /// <summary>Σw·t / Σw, −1…1; NaN without weight.</summary>
    public double InfluenceMean(Timestamp time) => Ratio(_influenceTone, _influence, time);

    /// <summary>Share of weight with a tone of at least 0.6 up or down, 0…1; NaN without weight.</summary>
    public double ExtremeShare(Timestamp time) => Ratio(_extremeContent, _content, time);

    /// <summary>Number of posts.</summary>
    public double Posts(Timestamp time) => _posts * Remains(time);

    /// <summary>Posts that a rate of one a second gives after a time without any before it: ∫ 2^(−s / half-life) ds.</summary>
    public double Exposure(double seconds) => halfLifeSeconds / Math.Log(2) * (1 - Math.Pow(2, -seconds / halfLifeSeconds));

    /// <summary>Their variance, if posts are independent: ∫ 4^(−s / half-life) ds.</summary>
    public double ExposureVariance(double seconds) => halfLifeSeconds / Math.Log(4) * (1 - Math.Pow(4, -seconds / halfLifeSeconds));

    /// <param name="tally">The next tally.</param>
    /// <param name="time">Not before the tally before it.</param>
    /// <param name="countsPosts">False for a tally of an unknown time: its tones count, its number of posts does not.</param>
    public void Add(in SentimentTally tally, Timestamp time, bool countsPosts)
    {
        var remains = Remains(time);
        _at = time;
        _posts = (_posts * remains) + (countsPosts ? tally.Posts : 0);
        _content = (_content * remains) + (tally.Content * Unit);
        _contentTone = (_contentTone * remains) + (tally.ContentTone * Unit);
        _contentToneSquared = (_contentToneSquared * remains) + (tally.ContentToneSquared * Unit);
        _extremeContent = (_extremeContent * remains) + (tally.ExtremeContent * Unit);
        _influence = (_influence * remains) + (tally.Influence * Unit);
        _influenceTone = (_influenceTone * remains) + (tally.InfluenceTone * Unit);
    }

    public void Clear()
    {
        _at = Timestamp.Unknown;
        (_posts, _content, _contentTone, _contentToneSquared, _extremeContent, _influence, _influenceTone) = (0, 0, 0, 0, 0, 0, 0);
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(halfLifeSeconds);
        writer.Write(_at);
        writer.Write(_posts);
        writer.Write(_content);
        writer.Write(_contentTone);
        writer.Write(_contentToneSquared);
        writer.Write(_extremeContent);
        writer.Write(_influence);
        writer.Write(_influenceTone);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(SentimentWindow), 1);
        reader.Require("half-life of sentiment", reader.ReadDouble(), halfLifeSeconds);
        _at = reader.ReadTimestamp();
        _posts = reader.ReadDouble();
        _content = reader.ReadDouble();
        _contentTone = reader.ReadDouble();
        _contentToneSquared = reader.ReadDouble();
        _extremeContent = reader.ReadDouble();
        _influence = reader.ReadDouble();
        _influenceTone = reader.ReadDouble();
    }

    private double Remains(Timestamp time) => _at.IsKnown && time > _at ? Math.Pow(2, -(time - _at).TotalSeconds / halfLifeSeconds) : 1;

    private double Ratio(double sum, double weight, Timestamp time) => weight * Remains(time) >= WeightMin ? sum / weight : double.NaN;
}
