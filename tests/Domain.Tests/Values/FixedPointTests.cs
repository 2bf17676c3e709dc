using System.Globalization;
using System.Text;
using System.Text.Json;
using BtcAgent.Testing;
using CsCheck;

namespace BtcAgent.Domain.Tests.Values;

/// <summary>Price and Quantity share their representation; tests of one apply to both.</summary>
public sealed class FixedPointTests
{
    private static readonly Gen<long> Units = Gen.OneOf(
        Gen.Long[0, long.MaxValue],
        Gen.Long[0, 1_000],
        Gen.Long[0, 100_000].Select(whole => whole * Price.UnitsPerWhole),
        Gen.Const(long.MaxValue));

    [Fact]
    public void ToString_AnyUnits_ParsesBackToTheSame() =>
        Units.Sample(units =>
        {
            Assert.Equal(units, Price.Parse(Price.FromUnits(units).ToString()).Units);
            Assert.Equal(units, Quantity.Parse(Quantity.FromUnits(units).ToString()).Units);
        });

    [Fact]
    public void ToString_AnyUnits_IsTheShortestDecimal() =>
        Units.Sample(units => Assert.Equal(
            Price.FromUnits(units).ToDecimal().ToString("0.########", CultureInfo.InvariantCulture),
            Price.FromUnits(units).ToString()));

    [Fact]
    public void FromDecimal_AnyUnits_RoundTrips() =>
        Units.Sample(units =>
        {
            Assert.Equal(units, Price.FromDecimal(Price.FromUnits(units).ToDecimal()).Units);
            Assert.Equal(units, Quantity.FromDecimal(Quantity.FromUnits(units).ToDecimal()).Units);
        });

    [Fact]
    public void Json_AnyUnits_RoundTripsAsAString() =>
        Units.Sample(units =>
        {
            var both = new Both(Price.FromUnits(units), Quantity.FromUnits(units));
            var json = JsonSerializer.Serialize(both);
            Assert.Contains($"\"Price\":\"{Price.FromUnits(units)}\"", json, StringComparison.Ordinal);
            Assert.Equal(both, JsonSerializer.Deserialize<Both>(json));
        });

    [Fact]
    public void TryParse_AnyBytes_NeverThrowsAndAgreesWithDecimal() =>
        Gen.String[Gen.Char["0123456789.+ e"], 0, 14].Sample(text =>
        {
            var plain = text.Length > 0
                && text.All(c => char.IsAsciiDigit(c) || c == '.')
                && text[0] != '.' && text[^1] != '.'
                && text.Count(c => c == '.') <= 1;
            var scaled = plain ? decimal.Parse(text, CultureInfo.InvariantCulture) * Price.UnitsPerWhole : 0.5m;
            var accepted = scaled == decimal.Truncate(scaled) && scaled <= long.MaxValue;
            Assert.Equal(accepted, Price.TryParse(Encoding.UTF8.GetBytes(text), out var price));
            Assert.Equal(accepted, Quantity.TryParse(text, out _));
            Assert.Equal(accepted ? scaled : 0m, price.Units);
        }, iter: 5_000);

    [Theory]
    [InlineData("61837.63000000", 6183763000000)]
    [InlineData("0", 0)]
    [InlineData("007.5", 750000000)]
    [InlineData("0.00000001", 1)]
    [InlineData("1.000000010000", 100000001)]
    [InlineData("92233720368.54775807", long.MaxValue)]
    public void Parse_Number_GivesUnits(string text, long units) => Assert.Equal(units, Price.Parse(text).Units);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("-0.00000001")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("1e5")]
    [InlineData(" 1")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("0.000000001")] // nine decimals
    [InlineData("92233720368.54775808")]
    [InlineData("92233720369")]
    [InlineData("99999999999999999999999999")]
    [InlineData("1٢")]
    public void Parse_NotANumberInRange_SaysWhich(string text)
    {
        var price = Assert.Throws<FormatException>(() => Price.Parse(text));
        var quantity = Assert.Throws<FormatException>(() => Quantity.Parse(text));
        Assert.Contains($"'{text}'", price.Message, StringComparison.Ordinal);
        Assert.Contains($"'{text}'", quantity.Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Price>(JsonSerializer.Serialize(text)));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Quantity>(JsonSerializer.Serialize(text)));
    }

    [Fact]
    public void TryParse_TextLongerThanAnyNumber_IsRefused() =>
        Assert.False(Price.TryParse(new string('0', 5_000) + "1", out _));

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    public void Json_NotAString_IsRefused(string json)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Price>(json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Quantity>(json));
    }

    [Fact]
    public void TryFormat_DestinationTooShort_WritesNothing()
    {
        Assert.False(Price.Parse("61837.63").TryFormat(new byte[7], out var written));
        Assert.Equal(0, written);
        Assert.True(Price.Parse("61837.63").TryFormat(new byte[8], out written));
        Assert.Equal(8, written);
    }

    [Fact]
    public void ParseAndFormat_Utf8_AllocateNothing()
    {
        ParseAndFormat();
        Assert.Equal(0, Allocations.Least(_ => ParseAndFormat()));

        static void ParseAndFormat()
        {
            Span<byte> destination = stackalloc byte[32];
            for (var i = 0; i < 100; i++)
            {
                Price.TryParse("61837.63000000"u8, out var price);
                price.TryFormat(destination, out _);
            }
        }
    }

    private sealed record Both(Price Price, Quantity Quantity);
}
