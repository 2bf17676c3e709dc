namespace BtcAgent.Contracts.Audit;

/// <summary>A line of the audit in a cluster's store.</summary>
/// <param name="Day">Its day.</param>
/// <param name="Text">Its text, which is ASCII.</param>
[GenerateSerializer, Immutable, Alias("StoredAuditLine")]
public sealed record StoredAuditLine([property: Id(0)] string Day, [property: Id(1)] string Text);
