using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Features;

/// <summary>
/// Mid prices and signed volumes on a grid of whole seconds of event time: log returns in bps, realised volatility and
/// Kyle's lambda. Holds <see cref="Length"/> seconds.
/// </summary>
internal sealed class MidHistory : IStateful
{
    public const int Length = 128;

    private readonly double[] _logMid = new double[Length];
    private readonly double[] _signedVolume = new double[Length];
    private long _second = long.MinValue;
    private int _count;
    private double _volume;

    /// <summary>Drops the history: nothing is known until new seconds close.</summary>
    public void Forget()
    {
        _count = 0;
        _volume = 0;
    }

    public void AddTrade(double signedVolume) => _volume += signedVolume;

    /// <summary>Closes the seconds up to <paramref name="time"/> at the given mid; a NaN mid restarts the history.</summary>
    public void AdvanceTo(Timestamp time, double mid)
    {
        var second = time.UnixNanoseconds / Timestamp.NanosecondsPerSecond;
        if (second == _second)
        {
            return;
        }

        if (double.IsNaN(mid) || _second == long.MinValue || second - _second > Length)
        {
            Restart(second, mid);
            return;
        }

        var logMid = Math.Log(mid);
        for (; _second < second; _second++)
        {
            var at = (int)((_second + 1) % Length);
            _logMid[at] = logMid;
            _signedVolume[at] = _volume;
            _volume = 0;
            _count = Math.Min(_count + 1, Length);
        }
    }

    /// <summary>Log return over the last n seconds, bps; NaN when not known.</summary>
    public double Return(int seconds) =>
        _count > seconds ? 1e4 * (_logMid[At(0)] - _logMid[At(seconds)]) : double.NaN;

    /// <summary>Root mean square of 1 s returns over n seconds, in bps per √s; NaN when not known.</summary>
    public double RealizedVolatility(int seconds)
    {
        if (_count <= seconds)
        {
            return double.NaN;
        }

        var sum = 0.0;
        for (var i = 0; i < seconds; i++)
        {
            var change = _logMid[At(i)] - _logMid[At(i + 1)];
            sum += change * change;
        }

        return 1e4 * Math.Sqrt(sum / seconds);
    }

    /// <summary>Least-squares slope of 1 s returns (bps) on signed volume over n seconds; 0 without variation.</summary>
    public double KyleLambda(int seconds)
    {
        if (_count <= seconds)
        {
            return double.NaN;
        }

        double sumX = 0, sumY = 0, sumXX = 0, sumXY = 0;
        for (var i = 0; i < seconds; i++)
        {
            var x = _signedVolume[At(i)];
            var y = 1e4 * (_logMid[At(i)] - _logMid[At(i + 1)]);
            sumX += x;
            sumY += y;
            sumXX += x * x;
            sumXY += x * y;
        }

        var variance = sumXX - (sumX * sumX / seconds);
        return variance > 1e-12 ? (sumXY - (sumX * sumY / seconds)) / variance : 0;
    }

    private int At(int secondsAgo) => (int)((_second - secondsAgo) % Length);

    private void Restart(long second, double mid)
    {
        _second = second;
        _volume = 0;
        _count = double.IsNaN(mid) ? 0 : 1;
        if (_count == 1)
        {
            _logMid[At(0)] = Math.Log(mid);
            _signedVolume[At(0)] = 0;
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(_logMid);
        writer.Write(_signedVolume);
        writer.Write(_second);
        writer.Write(_count);
        writer.Write(_volume);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(MidHistory), 1);
        reader.Read(_logMid);
        reader.Read(_signedVolume);
        _second = reader.ReadLong();
        _count = reader.ReadCount("seconds of mids", Length);
        _volume = reader.ReadDouble();
    }
}
