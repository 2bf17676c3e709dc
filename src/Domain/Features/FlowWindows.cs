using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Features;

/// <summary>
/// Sums of flows over the last 1, 5, 15 and 60 seconds of event time, in buckets of 100 ms. Exact at multiples of
/// 100 ms: sums are integers, so nothing drifts. Amounts are in 1e-8 base asset.
/// </summary>
internal sealed class FlowWindows : IStateful
{
    public const int WindowCount = 4;

    private const long BucketNanoseconds = 100_000_000;
    private const int Buckets = 600;

    private static readonly int[] WindowBuckets = [10, 50, 150, 600];

    private readonly Flow[] _ring = new Flow[Buckets];
    private readonly Flow[] _sums = new Flow[WindowCount];
    private Flow _current;
    private long _bucket = long.MinValue;
    private long _firstBucket = long.MinValue;
    private long _firstOrderFlowBucket = long.MinValue;

    /// <summary>Flow over window <paramref name="index"/>: complete buckets only.</summary>
    public ref readonly Flow this[int index] => ref _sums[index];

    public static double Seconds(int index) => WindowBuckets[index] / 10.0;

    /// <summary>True when the window has been observed completely; the first bucket was not.</summary>
    public bool IsWarm(int index) => _bucket - _firstBucket > WindowBuckets[index];

    /// <summary>As <see cref="IsWarm"/>, for order flow, which restarts after an interruption.</summary>
    public bool IsOrderFlowWarm(int index) => IsWarm(index) && _bucket - _firstOrderFlowBucket > WindowBuckets[index];

    public void AddOrderFlow(long signedUnits)
    {
        _current.OrderFlow += signedUnits;
        _current.AbsoluteOrderFlow += Math.Abs(signedUnits);
    }

    public void AddTrade(long units, bool buy)
    {
        _current.Trades++;
        if (buy)
        {
            _current.BuyVolume += units;
        }
        else
        {
            _current.SellVolume += units;
        }
    }

    public void AdvanceTo(Timestamp time)
    {
        var bucket = time.UnixNanoseconds / BucketNanoseconds;
        if (bucket == _bucket)
        {
            return;
        }

        if (_bucket == long.MinValue)
        {
            _bucket = bucket;
            _firstBucket = bucket;
            _firstOrderFlowBucket = bucket;
            return;
        }

        if (bucket - _bucket > Buckets)
        {
            Array.Clear(_ring);
            Array.Clear(_sums);
            _current = default;
            _bucket = bucket;
            return;
        }

        for (; _bucket < bucket; _bucket++)
        {
            Close();
        }
    }

    /// <summary>Forgets all order flow and restarts its warm-up; trades stay.</summary>
    public void ForgetOrderFlow()
    {
        for (var i = 0; i < Buckets; i++)
        {
            _ring[i].ForgetOrderFlow();
        }

        for (var i = 0; i < WindowCount; i++)
        {
            _sums[i].ForgetOrderFlow();
        }

        _current.ForgetOrderFlow();
        _firstOrderFlowBucket = _bucket;
    }

    private void Close()
    {
        var at = (int)(_bucket % Buckets);
        for (var i = 0; i < WindowCount; i++)
        {
            ref var sum = ref _sums[i];
            sum.Subtract(in _ring[(int)((_bucket - WindowBuckets[i] + Buckets) % Buckets)]);
            sum.Add(in _current);
        }

        _ring[at] = _current;
        _current = default;
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        foreach (ref readonly var flow in _ring.AsSpan())
        {
            flow.Save(writer);
        }

        foreach (ref readonly var sum in _sums.AsSpan())
        {
            sum.Save(writer);
        }

        _current.Save(writer);
        writer.Write(_bucket);
        writer.Write(_firstBucket);
        writer.Write(_firstOrderFlowBucket);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(FlowWindows), 1);
        foreach (ref var flow in _ring.AsSpan())
        {
            flow.Load(reader);
        }

        foreach (ref var sum in _sums.AsSpan())
        {
            sum.Load(reader);
        }

        _current.Load(reader);
        _bucket = reader.ReadLong();
        _firstBucket = reader.ReadLong();
        _firstOrderFlowBucket = reader.ReadLong();
    }
}
