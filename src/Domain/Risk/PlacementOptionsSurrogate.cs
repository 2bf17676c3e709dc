using System.Text.Json;

namespace BtcAgent.Domain.Risk;

/// <summary>Serialised form of placement options between silos; see <see cref="RiskLimitsSurrogate"/>.</summary>
/// <param name="Json">All members as JSON.</param>
[GenerateSerializer, Immutable, Alias("PlacementOptionsSurrogate")]
public readonly record struct PlacementOptionsSurrogate([property: Id(0)] string Json);

/// <summary>Converts between <see cref="PlacementOptions"/> and its surrogate.</summary>
[RegisterConverter]
internal sealed class PlacementOptionsConverter : IConverter<PlacementOptions, PlacementOptionsSurrogate>
{
    public PlacementOptions ConvertFromSurrogate(in PlacementOptionsSurrogate surrogate) =>
        JsonSerializer.Deserialize<PlacementOptions>(surrogate.Json)!;

    public PlacementOptionsSurrogate ConvertToSurrogate(in PlacementOptions value) => new(JsonSerializer.Serialize(value));
}
