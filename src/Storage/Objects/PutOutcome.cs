namespace BtcAgent.Storage.Objects;

/// <summary>Outcome of a write.</summary>
public enum PutOutcome
{
    /// <summary>The object was written.</summary>
    Created = 0,

    /// <summary>Nothing was written: <see cref="PutCondition.IfAbsent"/>, and the key has an object.</summary>
    AlreadyThere = 1,

    /// <summary>
    /// Nothing was written: another writer changed or deleted the object meanwhile. Read it again, then decide.
    /// </summary>
    Conflict = 2,
}
