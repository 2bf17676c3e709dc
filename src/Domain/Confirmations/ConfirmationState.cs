using System.Text.Json.Serialization;

namespace BtcAgent.Domain.Confirmations;

/// <summary>State of a confirmation; the values are stored.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConfirmationState>))]
public enum ConfirmationState : byte
{
    [JsonStringEnumMemberName("pending")]
    Pending = 1,

    /// <summary>A second person has confirmed, and the command is carried out once. Remains when the agent ended meanwhile.</summary>
    [JsonStringEnumMemberName("confirmed")]
    Confirmed = 2,

    [JsonStringEnumMemberName("refused")]
    Refused = 3,

    [JsonStringEnumMemberName("expired")]
    Expired = 4,

    /// <summary>Confirmed and carried out.</summary>
    [JsonStringEnumMemberName("done")]
    Done = 5,

    /// <summary>Confirmed, and the command was refused or failed.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed = 6,
}
