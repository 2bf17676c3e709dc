using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Features;

/// <summary>How often features are sampled and from which bars; part of the schema hash, and kept with each sample.</summary>
public sealed class FeatureOptions
{
    /// <summary>Length of the bars behind the technical features, in milliseconds of event time. Default 1,000.</summary>
    [Range(100, 86_400_000)]
    public int BarIntervalMs { get; set; } = 1_000;

    /// <summary>Event time between samples, in milliseconds; a multiple of 100. Default 1,000.</summary>
    [Range(100, 86_400_000)]
    public int SampleIntervalMs { get; set; } = 1_000;

    /// <summary>Base asset traded in one VPIN bucket. Default 2.</summary>
    [Range(0.0001, 100_000)]
    public double VpinBucketBase { get; set; } = 2;

    /// <summary>The same settings, which nobody else changes.</summary>
    public FeatureOptions Copy() => (FeatureOptions)MemberwiseClone();
}
