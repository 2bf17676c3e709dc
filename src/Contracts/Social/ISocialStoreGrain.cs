namespace BtcAgent.Contracts.Social;

/// <summary>
/// Key: name of a source that charges or limits. Keeps the spending and, of posts, how far its reader has read. Both are JSON of the reader's,
/// which only the reader understands.
/// </summary>
[Alias("ISocialStoreGrain")]
public interface ISocialStoreGrain : IGrainWithStringKey
{
    /// <summary>The stored spending; null at the beginning.</summary>
    [Alias("GetBudget")]
    Task<string?> GetBudget();

    /// <summary>Stores the spending before it returns, if the stored one has exactly the revision before it.</summary>
    /// <returns>False when another one was stored meanwhile.</returns>
    [Alias("TrySaveBudget")]
    Task<bool> TrySaveBudget(long revision, string budget);

    /// <summary>Begins the turn of a reader: from here on, the one before it stores nothing more.</summary>
    /// <returns>How far was read; refused for a reader whose lease has passed to another one.</returns>
    [Alias("TakeOver")]
    Task<ReaderTurn> TakeOver(long epoch);

    /// <summary>Stores how far was read before it returns.</summary>
    /// <returns>False for a reader whose lease has passed to another one.</returns>
    [Alias("SaveCursor")]
    Task<bool> SaveCursor(long epoch, string cursor);
}
