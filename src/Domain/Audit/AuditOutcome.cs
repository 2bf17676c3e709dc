using System.Text.Json.Serialization;

namespace BtcAgent.Domain.Audit;

/// <summary>Result of an action; the values and names are stored.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditOutcome>))]
public enum AuditOutcome : byte
{
    /// <summary>About to be carried out. Without a later entry the agent ended in between.</summary>
    [JsonStringEnumMemberName("requested")]
    Requested = 1,

    [JsonStringEnumMemberName("done")]
    Done = 2,

    /// <summary>Not carried out: not allowed, or not valid.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused = 3,

    /// <summary>Ended with an error; it may have been carried out in part.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed = 4,

    /// <summary>Not complete yet: a part of a halt is retried, or a second person must confirm.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending = 5,
}
