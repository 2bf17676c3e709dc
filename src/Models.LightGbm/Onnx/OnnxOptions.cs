using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>How a forest is converted.</summary>
public sealed record OnnxOptions
{
    /// <summary>Default: Single.</summary>
    public OnnxPrecision Precision { get; init; } = OnnxPrecision.Single;

    /// <summary>Written as producer_name. Default: <c>btcagent</c>.</summary>
    public string Producer { get; init; } = "btcagent";

    /// <summary>Added to the metadata that the converter writes; must not use its keys.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
}
