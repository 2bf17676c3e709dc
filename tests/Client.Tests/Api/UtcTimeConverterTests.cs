using System.Globalization;
using System.Text.Json;
using BtcAgent.Client.Api;

namespace BtcAgent.Client.Tests.Api;

/// <summary>Times of posts mean the same on every server.</summary>
public sealed class UtcTimeConverterTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    [Theory]
    [InlineData("2026-11-29T10:00:00", "2026-11-29T10:00:00+00:00")]
    [InlineData("2026-11-29T10:00:00.5", "2026-11-29T10:00:00.5+00:00")]
    [InlineData("2026-11-29", "2026-11-29T00:00:00+00:00")]
    [InlineData("2026-11-29T10:00:00Z", "2026-11-29T10:00:00+00:00")]
    [InlineData("2026-11-29T10:00:00-05:00", "2026-11-29T15:00:00+00:00")]
    [InlineData("2026-11-29T10:00:00+05:30", "2026-11-29T04:30:00+00:00")]
    public void Read_Time_IsOfItsZoneOrUtc(string text, string expected)
    {
        var post = JsonSerializer.Deserialize<PostToOffer>($$"""{"source":"desk","id":"1","text":"x","createdAt":"{{text}}"}""", Json)!;

        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), post.CreatedAt);
        Assert.Equal(post, JsonSerializer.Deserialize<PostToOffer>(JsonSerializer.Serialize(post, Json), Json));
    }

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("7")]
    [InlineData("\"\"")]
    public void Read_NotATime_IsRefused(string value) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PostToOffer>($$"""{"source":"desk","id":"1","text":"x","createdAt":{{value}}}""", Json));

    [Fact]
    public void Read_Null_IsUnknown() =>
        Assert.Null(JsonSerializer.Deserialize<PostToOffer>("""{"source":"desk","id":"1","text":"x","createdAt":null}""", Json)!.CreatedAt);
}
