using BtcAgent.Domain.Sentiment;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Features;

/// <summary>
/// The sentiment group, from tallies of posts in the order of the instrument's events.
/// <list type="number">
/// <item>The only clock is the market's at the moment at which a tally is applied: the same events give the same values everywhere.</item>
/// <item>A tally counts once: one with a number that is not above the last is left out.</item>
/// <item>Everything is unknown before the first tally, and when the last one is more than <see cref="SilenceMax"/> ago. The first tally after such a
/// time begins the sums again; its tones count, its number of posts does not, since nobody knows over which time they came.</item>
/// </list>
/// </summary>
internal sealed class SentimentFeatures : IStateful
{
    /// <summary>Market time without a tally after which the source is not alive: 120 s. A living source sends one at least every 10 s.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(120);

    private const byte StateVersion = 2;

    /// <summary>Market time that a rate of posts needs: 10 s.</summary>
    private const double RateSecondsMin = 10;

    private readonly SentimentWindow _mean = new(600);
    private readonly SentimentWindow _fast = new(120);
    private readonly SentimentWindow _slow = new(1_800);
    private long _number;
    private Timestamp _since;
    private Timestamp _last;
    private ScorerIdentity? _scorer;

    /// <param name="tally">The next tally.</param>
    /// <param name="time">The market's clock; a tally before its first time does not count.</param>
    public void OnTally(in SentimentTally tally, Timestamp time)
    {
        if (tally.Number <= _number || !time.IsKnown)
        {
            return;
        }

        _number = tally.Number;
        var begins = !IsAlive(time);
        if (begins)
        {
            _mean.Clear();
            _fast.Clear();
            _slow.Clear();
            _since = time;
        }

        _last = time;
        _scorer = tally.Scorer;
        _mean.Add(in tally, time, !begins);
        _fast.Add(in tally, time, !begins);
        _slow.Add(in tally, time, !begins);
    }

    /// <summary>Who judged the last tones; null while they are unknown, and where the scorer is.</summary>
    public ScorerIdentity? ScorerAt(Timestamp time) => IsAlive(time) ? _scorer : null;

    public void Write(ref FeatureWriter writer, Timestamp time)
    {
        const int Count = 7;
        if (!IsAlive(time))
        {
            writer.AddUnknown(Count);
            return;
        }

        writer.Add(_mean.Mean(time));
        writer.Add(Math.Log(1 + _mean.Posts(time)));
        writer.Add(_mean.Dispersion(time));
        writer.Add(_mean.InfluenceMean(time));
        writer.Add(VolumeSurprise(time));
        writer.Add(_mean.ExtremeShare(time));
        writer.Add(_fast.Mean(time) - _slow.Mean(time));
    }

    public void Save(StateWriter writer)
    {
        writer.Version(StateVersion);
        _mean.Save(writer);
        _fast.Save(writer);
        _slow.Save(writer);
        writer.Write(_number);
        writer.Write(_since);
        writer.Write(_last);
        writer.Write(_scorer?.Id ?? "");
        writer.Write(_scorer?.Hash ?? "");
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(SentimentFeatures), StateVersion);
        _mean.Load(reader);
        _fast.Load(reader);
        _slow.Load(reader);
        _number = reader.ReadLong();
        _since = reader.ReadTimestamp();
        _last = reader.ReadTimestamp();
        var (id, hash) = (reader.ReadText("scorer"), reader.ReadText("scorer's hash"));
        _scorer = id.Length > 0 ? new ScorerIdentity(id, hash) : null;
    }

    private bool IsAlive(Timestamp time) => _last.IsKnown && time - _last <= SilenceMax;

    /// <summary>
    /// The fast number of posts less the one that the slow rate gives, in standard deviations of independent posts. Both are corrected for the
    /// time before the source was heard, so that the value is 0 in the mean from the beginning. One post is added to the variance: a single post
    /// in a quiet hour is not a surprise.
    /// </summary>
    private double VolumeSurprise(Timestamp time)
    {
        var seconds = (time - _since).TotalSeconds;
        if (seconds < RateSecondsMin)
        {
            return double.NaN;
        }

        var rate = _slow.Posts(time) / _slow.Exposure(seconds);
        return (_fast.Posts(time) - (rate * _fast.Exposure(seconds))) / Math.Sqrt((rate * _fast.ExposureVariance(seconds)) + 1);
    }
}
