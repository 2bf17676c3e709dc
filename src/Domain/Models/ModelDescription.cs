using System.Collections.Immutable;

namespace BtcAgent.Domain.Models;

/// <summary>Description of a model in its artefact, by which an operator can judge it.</summary>
[GenerateSerializer, Immutable, Alias("ModelDescription")]
public sealed record ModelDescription
{
    /// <summary>Name and the first 12 digits of the hash, such as <c>starter-3f9a0c11d2e4</c>.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>SHA-256 of the artefact's contents, in lower-case hexadecimal digits.</summary>
    [Id(1)] public required string Hash { get; init; }

    /// <summary><see cref="Features.FeatureSchema.Hash"/> of the training data.</summary>
    [Id(2)] public required ulong SchemaHash { get; init; }

    /// <summary>LightGBM's objective, such as <c>binary sigmoid:1</c>.</summary>
    [Id(3)] public required string Objective { get; init; }

    [Id(4)] public required int Trees { get; init; }

    /// <summary>Features in the order of the model's input.</summary>
    [Id(5)] public required ImmutableArray<string> Features { get; init; }

    /// <summary>Description of the label, such as <c>triple barrier, 20 bps, 60 s</c>.</summary>
    [Id(6)] public required string Label { get; init; }

    [Id(7)] public required Timestamp TrainedFrom { get; init; }

    [Id(8)] public required Timestamp TrainedTo { get; init; }

    /// <summary>Out-of-sample figures by name, such as <c>auc</c>, <c>log_loss</c>, <c>brier</c>.</summary>
    [Id(9)] public required ImmutableSortedDictionary<string, double> Metrics { get; init; }

    /// <summary>Data hash, code version, parameters and seed by name.</summary>
    [Id(10)] public required ImmutableSortedDictionary<string, string> Lineage { get; init; }

    /// <summary>Number of rows in the conversion check between native LightGBM and ONNX.</summary>
    [Id(11)] public required int ParityRows { get; init; }

    /// <summary>Largest relative difference of raw scores in the conversion check.</summary>
    [Id(12)] public required double ParityDifference { get; init; }

    /// <summary>The verdict of its training; null in artefacts of earlier versions, which count as not judged.</summary>
    [Id(13)] public Verdict? Verdict { get; init; }
}
