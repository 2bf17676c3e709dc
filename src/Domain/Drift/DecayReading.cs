namespace BtcAgent.Domain.Drift;

/// <summary>State of a watch over a model's results.</summary>
/// <param name="State">Its state.</param>
/// <param name="Figure">The figure that is judged; null before there is one.</param>
/// <param name="Expected">That of the training, or the limit; null when it is not known.</param>
/// <param name="Text">The state in one sentence.</param>
[GenerateSerializer, Immutable, Alias("DecayReading")]
public sealed record DecayReading(
    [property: Id(0)] DriftState State,
    [property: Id(1)] double? Figure,
    [property: Id(2)] double? Expected,
    [property: Id(3)] string Text);
