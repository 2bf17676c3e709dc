using System.Text.Json.Serialization;

namespace BtcAgent.Cli.Replays;

[JsonConverter(typeof(JsonStringEnumConverter<StepOutcome>))]
internal enum StepOutcome : byte
{
    Equal = 1,
    Parts = 2,

    /// <summary>The record does not hold what the step is made from, or there was nothing to make.</summary>
    NotMade = 3,
}
