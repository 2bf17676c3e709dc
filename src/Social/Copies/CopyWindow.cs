using System.Numerics;
using BtcAgent.Social.Weights;

namespace BtcAgent.Social.Copies;

/// <summary>
/// The sketches of the last posts, to recognise near copies and campaigns. Each post is found by the <see cref="KeysMax"/> smallest
/// hashes of its sketch: of two texts that share half of their shingles, all of them differ in one pair of 256. Memory is
/// fixed at construction, at most 850 bytes a post; each search reads at most <see cref="ProbesMax"/> posts of a key.
/// </summary>
public sealed class CopyWindow
{
    /// <summary>Hashes by which a post is found, at most.</summary>
    public const int KeysMax = 8;

    /// <summary>Posts of one key that a search reads, the newest first.</summary>
    public const int ProbesMax = 64;

    private readonly int _capacity;
    private readonly long _ageMsMax;
    private readonly uint[] _sketches;
    private readonly long[] _times;
    private readonly int[] _copies;

    /// <summary>A place for each key of each post.</summary>
    private readonly Entry[] _entries;

    /// <summary>The number of the newest entry of each group of keys: a post's sequence × <see cref="KeysMax"/> + the place of its key; 0 is none.</summary>
    private readonly long[] _newest;
    private long _count;

    /// <param name="capacity">Posts that are kept, 1…1,000,000. Default 20,000.</param>
    /// <param name="ageMsMax">Age in ms up to which a post counts as the origin of a copy. Default one hour.</param>
    public CopyWindow(int capacity = 20_000, long ageMsMax = 3_600_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(ageMsMax, 0);
        (_capacity, _ageMsMax) = (capacity, ageMsMax);
        _sketches = new uint[capacity * ShingleSketch.HashesMax];
        (_times, _copies) = (new long[capacity], new int[capacity]);
        _entries = new Entry[capacity * KeysMax];
        _newest = new long[BitOperations.RoundUpToPowerOf2((uint)(capacity * KeysMax))];
    }

    /// <summary>Entries that were read so far: the work of all searches, for tests of its bound.</summary>
    internal long Probes { get; private set; }

    /// <summary>Adds a post, and weighs it by the near copies before it: 1 / (1 + copies).</summary>
    /// <param name="sketch">As <see cref="ShingleSketch.Of"/> returns it; a text without words is not compared.</param>
    /// <param name="receivedMs">Receive time in ms; the caller's clock.</param>
    public WeightFactor Add(ReadOnlySpan<uint> sketch, long receivedMs)
    {
        if (sketch.IsEmpty)
        {
            return new("copies", 1, "no words");
        }

        var bits = ShingleSketch.BitsOf(sketch);
        var copies = Find(sketch, bits, receivedMs) is >= 0 and var origin ? _copies[origin] + 1 : 0;
        var sequence = ++_count;
        var slot = Slot(sequence);
        sketch.CopyTo(_sketches.AsSpan(slot * ShingleSketch.HashesMax));
        (_times[slot], _copies[slot]) = (receivedMs, copies);
        for (var place = 0; place < Keys(sketch); place++)
        {
            ref var newest = ref _newest[Group(sketch[place])];
            _entries[(slot * KeysMax) + place] = new Entry(newest, bits, sketch[place], (byte)sketch.Length);
            newest = (sequence * KeysMax) + place;
        }

        return new("copies", 1.0 / (1 + copies), copies == 0 ? "first of its kind" : $"{copies} near copies before");
    }

    /// <returns>The slot of the newest near copy, or -1.</returns>
    private int Find(ReadOnlySpan<uint> sketch, ulong bits, long receivedMs)
    {
        var found = 0L;
        for (var place = 0; place < Keys(sketch); place++)
        {
            var next = _newest[Group(sketch[place])];
            for (var probes = 0; next / KeysMax is var sequence && sequence > Math.Max(found, _count - _capacity) && probes < ProbesMax; probes++)
            {
                Probes++;
                var slot = Slot(sequence);
                ref readonly var entry = ref _entries[(slot * KeysMax) + (int)(next % KeysMax)];
                if (entry.Key == sketch[place] && ShingleSketch.MayBeCopies(sketch.Length, bits, entry.Length, entry.Bits)
                    && receivedMs - _times[slot] <= _ageMsMax && ShingleSketch.AreCopies(_sketches.AsSpan(slot * ShingleSketch.HashesMax, entry.Length), sketch))
                {
                    found = sequence;
                    break;
                }

                next = entry.Before;
            }
        }

        return found > 0 ? Slot(found) : -1;
    }

    private int Slot(long sequence) => (int)(sequence % _capacity);

    private int Group(uint key) => (int)(key & (uint)(_newest.Length - 1));

    private static int Keys(ReadOnlySpan<uint> sketch) => Math.Min(KeysMax, sketch.Length);

    /// <summary>A key of a post, with all that most searches need: memory is read once for each.</summary>
    /// <param name="Before">The number of the entry before it in its group.</param>
    /// <param name="Bits">The bits of the post's sketch.</param>
    /// <param name="Key">The key.</param>
    /// <param name="Length">Hashes of the post's sketch.</param>
    private readonly record struct Entry(long Before, ulong Bits, uint Key, byte Length);
}
