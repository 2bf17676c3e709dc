namespace BtcAgent.Storage.Embedded;

/// <summary>Differences between a state and the journal's record of it.</summary>
public enum StateDoubt
{
    None = 0,

    /// <summary>The journal has a record, but the state is missing.</summary>
    Missing = 1,

    /// <summary>It has fewer commits than the journal recorded: an older copy was restored.</summary>
    Older = 2,

    /// <summary>It is a different state from the recorded one.</summary>
    Another = 3,

    /// <summary>Its rows differ from those that the agent wrote.</summary>
    Edited = 4,

    /// <summary>It has commits, but the journal that recorded them is missing.</summary>
    NoJournal = 5,
}
