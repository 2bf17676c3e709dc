namespace BtcAgent.Domain.Audit;

/// <summary>The last entry of the chain.</summary>
/// <param name="Sequence">Its number; 0 before the first entry.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Day">Its day, <c>yyyy-MM-dd</c> in UTC; empty before the first entry.</param>
[GenerateSerializer, Immutable, Alias("AuditHead")]
public sealed record AuditHead([property: Id(0)] long Sequence, [property: Id(1)] string Hash, [property: Id(2)] string Day)
{
    /// <summary>Before the first entry.</summary>
    public static AuditHead Genesis { get; } = new(0, new string('0', 64), "");
}
