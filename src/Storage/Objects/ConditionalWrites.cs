namespace BtcAgent.Storage.Objects;

/// <summary>Conditions that a store checks in one step with the write.</summary>
[Flags]
public enum ConditionalWrites
{
    /// <summary>Checked before the write instead: two writers at the same instant can both succeed.</summary>
    None = 0,

    /// <summary><see cref="PutCondition.IfAbsent"/>; on S3 <c>If-None-Match: *</c>.</summary>
    IfAbsent = 1,

    /// <summary><see cref="PutCondition.IfMatch"/>; on S3 <c>If-Match</c>.</summary>
    IfMatch = 2,

    Both = IfAbsent | IfMatch,
}
