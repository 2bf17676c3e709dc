namespace BtcAgent.Grains.Social;

/// <summary>Spending of a source and the position of its reader, which a crash must not lose.</summary>
public sealed class SocialStoreGrainState
{
    /// <summary>Revision of the spending; 0 at the beginning.</summary>
    public long BudgetRevision { get; set; }

    /// <summary>The spending, as JSON of the reader's; null at the beginning.</summary>
    public string? Budget { get; set; }

    /// <summary>Lease epoch of the last reader that stored how far it has read.</summary>
    public long CursorEpoch { get; set; }

    /// <summary>How far was read, as JSON of the reader's; null at the beginning.</summary>
    public string? Cursor { get; set; }
}
