namespace BtcAgent.Storage.Embedded;

/// <summary>What is wrong with a state, by what the journal knows of it.</summary>
public enum StateDoubt
{
    None = 0,

    /// <summary>The journal knows a state, and there is none.</summary>
    Missing = 1,

    /// <summary>It has seen fewer commits than the journal knows of: a copy was put back.</summary>
    Older = 2,

    /// <summary>It is not the one that the journal knows.</summary>
    Another = 3,

    /// <summary>Its rows are not those that the agent wrote.</summary>
    Edited = 4,

    /// <summary>It has commits, and the journal that noted them is missing.</summary>
    NoJournal = 5,
}
