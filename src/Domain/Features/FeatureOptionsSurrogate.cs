using System.Text.Json;

namespace BtcAgent.Domain.Features;

/// <summary>Carries feature options between silos: Orleans would copy a class with setters member by member.</summary>
/// <param name="Json">All members.</param>
[GenerateSerializer, Immutable, Alias("FeatureOptionsSurrogate")]
public readonly record struct FeatureOptionsSurrogate([property: Id(0)] string Json);

/// <summary>Converts between <see cref="FeatureOptions"/> and its surrogate.</summary>
[RegisterConverter]
internal sealed class FeatureOptionsConverter : IConverter<FeatureOptions, FeatureOptionsSurrogate>
{
    public FeatureOptions ConvertFromSurrogate(in FeatureOptionsSurrogate surrogate) =>
        JsonSerializer.Deserialize<FeatureOptions>(surrogate.Json)!;

    public FeatureOptionsSurrogate ConvertToSurrogate(in FeatureOptions value) => new(JsonSerializer.Serialize(value));
}
