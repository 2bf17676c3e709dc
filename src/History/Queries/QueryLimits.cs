namespace BtcAgent.History.Queries;

/// <summary>Limits of a query.</summary>
/// <param name="Timeout">Longest time.</param>
/// <param name="RowsMax">Most rows of the result; further ones are left out.</param>
/// <param name="MemoryMb">Memory, MiB; a query that needs more fails.</param>
public sealed record QueryLimits(TimeSpan Timeout, int RowsMax, int MemoryMb)
{
    /// <summary>30 s, 10,000 rows, 1 GiB.</summary>
    public static QueryLimits Default { get; } = new(TimeSpan.FromSeconds(30), 10_000, 1_024);
}
