using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BtcAgent.Domain.Books;

/// <summary>
/// Operations on one block of a <see cref="BookSide"/>: 64 keys in ascending order, then their 64 quantities, and one bit
/// per slot that is set when it holds a level.
/// </summary>
internal static class BookBlock
{
    public const int Slots = 64;
    public const int Length = 2 * Slots;

    /// <summary>Key of slots that have never held a level.</summary>
    public const long Unbounded = long.MaxValue;

    public static ulong FirstSlots(int count) => count == Slots ? ulong.MaxValue : (1UL << count) - 1;

    /// <summary>
    /// Counts how many of the first <paramref name="length"/> numbers, rounded up to eight, are below the key.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountBelow(ref long first, int length, long key)
    {
        var keys = Vector256.Create(key);
        var even = Vector256<long>.Zero;
        var odd = Vector256<long>.Zero;
        for (nuint i = 0; i < (nuint)length; i += 8)
        {
            even += Vector256.LessThan(Vector256.LoadUnsafe(ref first, i), keys);
            odd += Vector256.LessThan(Vector256.LoadUnsafe(ref first, i + 4), keys);
        }

        return (int)-Vector256.Sum(even + odd);
    }

    /// <summary>
    /// Puts a new level before the given slot of a block that is not full; the levels between it and the nearest free
    /// slot move by one. They are seldom many: plain loops beat block copies here.
    /// </summary>
    public static void Insert(Span<long> block, ref ulong taken, int slot, long key, long quantity)
    {
        var free = ~taken;
        var behind = slot < Slots ? free >> slot : 0;
        if (behind != 0)
        {
            var gap = slot + BitOperations.TrailingZeroCount(behind);
            taken |= 1UL << gap;
            for (var i = gap; i > slot; i--)
            {
                block[i] = block[i - 1];
                block[Slots + i] = block[Slots + i - 1];
            }
        }
        else
        {
            var gap = BitOperations.Log2(free);
            taken |= 1UL << gap;
            slot--;
            for (var i = gap; i < slot; i++)
            {
                block[i] = block[i + 1];
                block[Slots + i] = block[Slots + i + 1];
            }
        }

        block[slot] = key;
        block[Slots + slot] = quantity;
    }

    /// <summary>Moves the levels at and after the given slot of a full block to the start of an empty one.</summary>
    public static void MoveTail(Span<long> block, int from, Span<long> destination)
    {
        destination[..Slots].Fill(Unbounded);
        block[from..Slots].CopyTo(destination);
        block[(Slots + from)..].CopyTo(destination[Slots..]);
        block[from..Slots].Fill(Unbounded);
    }

    /// <summary>Copies the levels of a block, without free slots, to the given slot; returns the slot after them.</summary>
    public static int Pack(Span<long> block, ulong taken, Span<long> destination, int slot)
    {
        for (; taken != 0; taken &= taken - 1)
        {
            var from = BitOperations.TrailingZeroCount(taken);
            destination[slot] = block[from];
            destination[Slots + slot] = block[Slots + from];
            slot++;
        }

        return slot;
    }
}
