using System.Text.Json.Serialization;

namespace BtcAgent.Research.Replays;

[JsonConverter(typeof(JsonStringEnumConverter<StepOutcome>))]
public enum StepOutcome : byte
{
    Equal = 1,
    /// <summary>At least one byte differs.</summary>
    Diverges = 2,

    /// <summary>The record does not contain the inputs of the step, or there was nothing to replay.</summary>
    NotMade = 3,
}
