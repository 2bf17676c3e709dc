using System.Text.Json;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Serialised form of limits between silos: they are mutable options, which Orleans must not copy member by member.
/// </summary>
/// <param name="Json">All members as JSON.</param>
[GenerateSerializer, Immutable, Alias("RiskLimitsSurrogate")]
public readonly record struct RiskLimitsSurrogate([property: Id(0)] string Json);

/// <summary>Converts between <see cref="RiskLimits"/> and its surrogate.</summary>
[RegisterConverter]
internal sealed class RiskLimitsConverter : IConverter<RiskLimits, RiskLimitsSurrogate>
{
    public RiskLimits ConvertFromSurrogate(in RiskLimitsSurrogate surrogate) => JsonSerializer.Deserialize<RiskLimits>(surrogate.Json)!;

    public RiskLimitsSurrogate ConvertToSurrogate(in RiskLimits value) => new(JsonSerializer.Serialize(value));
}
