using System.Text.Json;
using BtcAgent.Client.Api;
using BtcAgent.Domain;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Client.Tests.Api;

/// <summary>Numbers in JSON: exact, and unknown ones as null.</summary>
public sealed class JsonShapeTests
{
    private static readonly JsonSerializerOptions Json = Make();

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Write_NoNumber_IsNull(double value)
    {
        Assert.Equal("null", JsonSerializer.Serialize(value, Json));
        Assert.Equal("null", JsonSerializer.Serialize((float)value, Json));
        Assert.True(double.IsNaN(JsonSerializer.Deserialize<double>("null", Json)));
        Assert.True(float.IsNaN(JsonSerializer.Deserialize<float>("null", Json)));
    }

    [Fact]
    public void Write_PriceAndHash_AreExactTexts()
    {
        Assert.Equal("\"61837.63\"", JsonSerializer.Serialize(Price.Parse("61837.63000000"), Json));
        Assert.Equal("\"74eeb1b17a1e9f5e\"", JsonSerializer.Serialize(0x74eeb1b17a1e9f5eUL, Json));
        Assert.Equal(0x74eeb1b17a1e9f5eUL, JsonSerializer.Deserialize<ulong>("\"74eeb1b17a1e9f5e\"", Json));
    }

    [Fact]
    public void Write_Enum_IsItsNameInCamelCase() => Assert.Equal("\"halted\"", JsonSerializer.Serialize(BreakerMode.Halted, Json));

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions();
        GatewayJson.Configure(options);
        return options;
    }
}
