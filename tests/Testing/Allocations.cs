namespace BtcAgent.Testing;

/// <summary>What code allocates once it is warm.</summary>
public static class Allocations
{
    private const int Rounds = 3;

    /// <summary>
    /// Returns the bytes that this thread allocates in the cheapest of three rounds: allocations of the runtime, as for a
    /// recompiled method, occur in one round only, those of the code in all of them.
    /// </summary>
    /// <param name="round">Gets 0, 1, 2.</param>
    public static long Least(Action<int> round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round(i);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
