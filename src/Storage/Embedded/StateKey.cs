namespace BtcAgent.Storage.Embedded;

/// <summary>Which row: the grain's class is no part of it, so state names must be unique.</summary>
public readonly record struct StateKey(string ServiceId, string StateName, string GrainKey)
{
    public override string ToString() => $"{StateName} of '{GrainKey}'";
}
