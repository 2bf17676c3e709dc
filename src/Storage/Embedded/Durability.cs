namespace BtcAgent.Storage.Embedded;

/// <summary>Failures that a confirmed write survives.</summary>
public enum Durability
{
    /// <summary>The process may be killed at any instant; after a power failure the last writes may be missing.</summary>
    ProcessCrash = 0,

    /// <summary>Each commit is on disk before it is confirmed.</summary>
    PowerLoss = 1,
}
