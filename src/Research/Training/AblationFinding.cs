using System.Text.Json.Serialization;

namespace BtcAgent.Research.Training;

/// <summary>Whether a group of features improves a model out of sample.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AblationFinding>))]
public enum AblationFinding
{
    /// <summary>The interval contains 0: neither was shown.</summary>
    NotShown,

    /// <summary>The model predicts better with the group.</summary>
    Helps,

    /// <summary>The model predicts better without the group.</summary>
    Hurts,

    /// <summary>The data have no values of the group, or only one.</summary>
    NoData,
}
