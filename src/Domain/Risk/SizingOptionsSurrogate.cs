using System.Text.Json;

namespace BtcAgent.Domain.Risk;

/// <summary>How sizing travels between silos, as <see cref="RiskLimitsSurrogate"/> does.</summary>
/// <param name="Json">All members.</param>
[GenerateSerializer, Immutable, Alias("SizingOptionsSurrogate")]
public readonly record struct SizingOptionsSurrogate([property: Id(0)] string Json);

/// <summary>Between <see cref="SizingOptions"/> and its surrogate.</summary>
[RegisterConverter]
internal sealed class SizingOptionsConverter : IConverter<SizingOptions, SizingOptionsSurrogate>
{
    public SizingOptions ConvertFromSurrogate(in SizingOptionsSurrogate surrogate) =>
        JsonSerializer.Deserialize<SizingOptions>(surrogate.Json)!;

    public SizingOptionsSurrogate ConvertToSurrogate(in SizingOptions value) => new(JsonSerializer.Serialize(value));
}
