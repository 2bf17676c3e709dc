using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>Options of a conversion.</summary>
public sealed record OnnxOptions
{
    /// <summary>Default: Single.</summary>
    public OnnxPrecision Precision { get; init; } = OnnxPrecision.Single;

    /// <summary>Written as producer_name. Default: <c>btcagent</c>.</summary>
    public string Producer { get; init; } = "btcagent";

    /// <summary>Metadata to add to the converter's; must not use its keys.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
}
