namespace BtcAgent.Exchanges.Simulator.Markets;

/// <summary>
/// A symbol's reference price: the mean of its trades over a moving window of buckets, the oldest one prorated, or a value
/// set by an operator. Source: Binance, "Price Range Execution Rule", "How does the Matching Engine calculate the reference
/// price?".
/// </summary>
internal sealed class ReferencePrice
{
    public const int BucketCount = 60;
    public const int BucketWidthMs = 1_000;

    /// <summary>Trade counts have four decimals; sums of prices have four more than prices.</summary>
    private const long Scale = 10_000;

    private readonly Queue<Bucket> _buckets = new();
    private Bucket? _last;
    private Price? _external;

    /// <summary>Origin of the price. Absent: the price has never been set, and a query for it is an error.</summary>
    public ReferencePriceSource Source { get; private set; } = ReferencePriceSource.Trades;

    /// <summary>The price now; null if there is none.</summary>
    public Price? Current(long nowMs)
    {
        if (Source != ReferencePriceSource.Trades)
        {
            return _external;
        }

        var cutoffMs = nowMs - ((long)BucketCount * BucketWidthMs);
        Int128 sum = 0, count = 0;
        foreach (var bucket in _buckets.Where(b => b.OpenMs + BucketWidthMs > cutoffMs))
        {
            // Of the oldest bucket only the part within the window counts.
            var expiredMs = Math.Max(0, cutoffMs - bucket.OpenMs);
            sum += bucket.Sum - (bucket.Sum * expiredMs / BucketWidthMs);
            count += bucket.Count - (bucket.Count * expiredMs / BucketWidthMs);
        }

        return count == 0 ? null : Price.FromUnits((long)(sum / count));
    }

    public void Add(long timeMs, Price price)
    {
        var openMs = timeMs - (timeMs % BucketWidthMs);
        if (_last is null || _last.OpenMs != openMs)
        {
            _last = new Bucket(openMs);
            _buckets.Enqueue(_last);
            while (_buckets.Count > BucketCount + 1)
            {
                _buckets.Dequeue();
            }
        }

        _last.Sum += (Int128)price.Units * Scale;
        _last.Count += Scale;
    }

    /// <summary>
    /// Sets the price by hand, the venue's external calculation method 0. Null means that there is none for now.
    /// </summary>
    public void SetByHand(Price? price) => (Source, _external) = (ReferencePriceSource.External, price);

    /// <summary>Restores the state of a symbol whose price has never been set.</summary>
    public void Remove() => (Source, _external) = (ReferencePriceSource.Absent, null);

    private sealed class Bucket(long openMs)
    {
        public long OpenMs => openMs;

        public Int128 Sum { get; set; }

        public long Count { get; set; }
    }
}
