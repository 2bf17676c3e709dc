using System.Text.Json.Serialization;

namespace BtcAgent.Domain.Audit;

/// <summary>Origins of an entry; the values and names are stored.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditKind>))]
public enum AuditKind : byte
{
    /// <summary>An operator's request.</summary>
    [JsonStringEnumMemberName("operator")]
    Operator = 1,

    /// <summary>Actions of the agent in the market: orders, fills, breakers, limits, models.</summary>
    [JsonStringEnumMemberName("trading")]
    Trading = 2,

    /// <summary>The audit itself: settings that weaken it, entries that were lost.</summary>
    [JsonStringEnumMemberName("audit")]
    Audit = 3,
}
