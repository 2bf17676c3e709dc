using System.Text.Json.Serialization;

namespace BtcAgent.Research.Replays;

[JsonConverter(typeof(JsonStringEnumConverter<StepOutcome>))]
public enum StepOutcome : byte
{
    Equal = 1,
    /// <summary>At least one byte differs.</summary>
    Diverges = 2,

    /// <summary>The record does not hold what the step is made from, or there was nothing to make.</summary>
    NotMade = 3,
}
