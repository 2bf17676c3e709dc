using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Features;

/// <summary>Sampling interval and bars of the features; part of the schema hash, and stored with each sample.</summary>
public sealed class FeatureOptions
{
    /// <summary>Length of the bars for the technical features, in milliseconds of event time. Default 1,000.</summary>
    [Range(100, 86_400_000)]
    public int BarIntervalMs { get; set; } = 1_000;

    /// <summary>Event time between samples, in milliseconds; a multiple of 100. Default 1,000.</summary>
    [Range(100, 86_400_000)]
    public int SampleIntervalMs { get; set; } = 1_000;

    /// <summary>Volume of one VPIN bucket, in base asset. Default 2.</summary>
    [Range(0.0001, 100_000)]
    public double VpinBucketBase { get; set; } = 2;

    /// <summary>Returns a copy that can be changed independently.</summary>
    public FeatureOptions Copy() => (FeatureOptions)MemberwiseClone();
}
