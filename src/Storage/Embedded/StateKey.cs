namespace BtcAgent.Storage.Embedded;

/// <summary>Key of a row. It does not contain the grain's class, so state names must be unique.</summary>
public readonly record struct StateKey(string ServiceId, string StateName, string GrainKey)
{
    public override string ToString() => $"{StateName} of '{GrainKey}'";
}
