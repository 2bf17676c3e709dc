using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Drift;

namespace BtcAgent.Contracts.Settings;

/// <summary>How serving models are compared with their training: section <c>ModelWatch</c>.</summary>
public sealed class ModelWatchOptions
{
    public const string Section = "ModelWatch";

    /// <summary>False watches nothing: no alarm, and no experiment ends by drift, late scores or differing recomputations. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Seconds between two looks at the watches. Default 60.</summary>
    [Range(1, 3_600)]
    public int ReadSeconds { get; set; } = 60;

    /// <summary>Time to score one sample, in milliseconds, above which a score is late. Default 50.</summary>
    [Range(0.01, 60_000.0)]
    public double ScoreMsMax { get; set; } = 50;

    /// <summary>Every such score of a model is computed again; 0 for none. Default 100.</summary>
    [Range(0, 1_000_000)]
    public int ParityEvery { get; set; } = 100;

    /// <summary>Window and thresholds of drift.</summary>
    public DriftOptions Drift { get; set; } = new();
}
