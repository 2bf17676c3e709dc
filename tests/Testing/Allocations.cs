namespace BtcAgent.Testing;

/// <summary>What code allocates once it is warm.</summary>
public static class Allocations
{
    private const int Rounds = 3;

    /// <summary>
    /// Bytes that this thread allocates in the least costly of three rounds: the runtime's own doings, when it exchanges a
    /// method for a faster one, fall into one of them; what the code itself allocates is in all.
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
