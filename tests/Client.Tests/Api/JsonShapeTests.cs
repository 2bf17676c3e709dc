using System.Text.Json;
using BtcAgent.Client.Api;
using BtcAgent.Domain;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Client.Tests.Api;

/// <summary>Numbers and times in JSON: exact, and unknown ones as null.</summary>
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
    public void Write_UnknownTime_IsNull()
    {
        var known = Timestamp.FromUnixMilliseconds(1_723_161_253_937);

        Assert.Equal("null", JsonSerializer.Serialize(Timestamp.Unknown, Json));
        Assert.Equal("\"2024-08-08T23:54:13.937000000Z\"", JsonSerializer.Serialize(known, Json));
        Assert.Equal(Timestamp.Unknown, JsonSerializer.Deserialize<Timestamp>("null", Json));
        Assert.Equal(known, JsonSerializer.Deserialize<Timestamp?>(JsonSerializer.Serialize(known, Json), Json));
        Assert.Null(JsonSerializer.Deserialize<Timestamp?>("null", Json));
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
