using System.Text.Json;

namespace BtcAgent.Domain.Risk;

/// <summary>Serialised form of sizing options between silos; see <see cref="RiskLimitsSurrogate"/>.</summary>
/// <param name="Json">All members as JSON.</param>
[GenerateSerializer, Immutable, Alias("SizingOptionsSurrogate")]
public readonly record struct SizingOptionsSurrogate([property: Id(0)] string Json);

/// <summary>Converts between <see cref="SizingOptions"/> and its surrogate.</summary>
[RegisterConverter]
internal sealed class SizingOptionsConverter : IConverter<SizingOptions, SizingOptionsSurrogate>
{
    public SizingOptions ConvertFromSurrogate(in SizingOptionsSurrogate surrogate) =>
        JsonSerializer.Deserialize<SizingOptions>(surrogate.Json)!;

    public SizingOptionsSurrogate ConvertToSurrogate(in SizingOptions value) => new(JsonSerializer.Serialize(value));
}
