using BtcAgent.Social.Weights;

namespace BtcAgent.Social.Copies;

/// <summary>
/// The last fingerprints, to recognise near copies and campaigns. Four bands of 16 bits index them: of two hashes that differ in at most
/// three bits, one band is equal. Memory is fixed at construction; each search reads at most <see cref="ProbesMax"/> entries per band.
/// </summary>
public sealed class CopyWindow
{
    /// <summary>Entries of one band that a search reads, the newest first.</summary>
    public const int ProbesMax = 256;

    private const int Bands = 4;
    private readonly long _ageMsMax;
    private readonly ulong[] _hashes;
    private readonly long[] _times;
    private readonly int[] _copies;
    private readonly long[] _heads = new long[Bands << 16];
    private readonly long[] _older;
    private long _count;

    /// <param name="capacity">Posts that are kept, 1 or more. Default 20,000.</param>
    /// <param name="ageMsMax">Age in ms up to which a post counts as the origin of a copy. Default one hour.</param>
    public CopyWindow(int capacity = 20_000, long ageMsMax = 3_600_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ageMsMax, 0);
        _ageMsMax = ageMsMax;
        (_hashes, _times, _copies, _older) = (new ulong[capacity], new long[capacity], new int[capacity], new long[capacity * Bands]);
    }

    /// <summary>Adds a post, and weighs it by the near copies before it: 1 / (1 + copies).</summary>
    /// <param name="hash">Fingerprint; null for a text without words, which is not compared.</param>
    /// <param name="receivedMs">Receive time in ms; the caller's clock.</param>
    public WeightFactor Add(ulong? hash, long receivedMs)
    {
        if (hash is not { } value)
        {
            return new("copies", 1, "no words");
        }

        var copies = Find(value, receivedMs) is >= 0 and var origin ? _copies[origin] + 1 : 0;
        var sequence = ++_count;
        var slot = Slot(sequence);
        (_hashes[slot], _times[slot], _copies[slot]) = (value, receivedMs, copies);
        for (var band = 0; band < Bands; band++)
        {
            ref var head = ref _heads[Head(value, band)];
            _older[(slot * Bands) + band] = head;
            head = sequence;
        }

        return new("copies", 1.0 / (1 + copies), copies == 0 ? "first of its kind" : $"{copies} near copies before");
    }

    /// <returns>The slot of the newest near copy, or -1.</returns>
    private int Find(ulong hash, long receivedMs)
    {
        var newest = 0L;
        for (var band = 0; band < Bands; band++)
        {
            var sequence = _heads[Head(hash, band)];
            for (var probes = 0; sequence > newest && sequence > _count - _hashes.Length && probes < ProbesMax; probes++)
            {
                var slot = Slot(sequence);
                if (SimHash.Distance(_hashes[slot], hash) <= SimHash.DistanceMax && receivedMs - _times[slot] <= _ageMsMax)
                {
                    newest = sequence;
                    break;
                }

                sequence = _older[(slot * Bands) + band];
            }
        }

        return newest > 0 ? Slot(newest) : -1;
    }

    private int Slot(long sequence) => (int)(sequence % _hashes.Length);

    private static int Head(ulong hash, int band) => (band << 16) | (int)(hash >> (16 * band) & 0xFFFF);
}
