using BtcAgent.Domain.Alerts;

namespace BtcAgent.Domain.Tests.Alerts;

/// <summary>A signed link is one alert's, until its end; nothing in it can be changed.</summary>
public sealed class AlertLinkTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly DateTimeOffset Since = new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_567);
    private static readonly AlertLink Link = new("3f2a9c01", Since, new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Read_OwnText_ReturnsTheSame() => Assert.Equal(Link, AlertLink.Read(Link.Sign(Key), Key));

    [Fact]
    public void Sign_IsSafeInAnAddress() => Assert.Matches("^[A-Za-z0-9._-]+$", Link.Sign(Key));

    [Fact]
    public void Read_AnotherKey_IsNull() => Assert.Null(AlertLink.Read(Link.Sign(Key), [.. Key.Reverse()]));

    [Fact]
    public void Read_AnyCharacterChanged_IsNull()
    {
        var text = Link.Sign(Key);
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var other in "0A.-")
            {
                var changed = text.Remove(i, 1).Insert(i, $"{other}");
                Assert.True(changed == text || AlertLink.Read(changed, Key) is null, changed);
            }

            Assert.Null(AlertLink.Read(text[..i], Key));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("...")]
    [InlineData("a.-1.2.c")]
    [InlineData("a.99999999999999999999.2.c")]
    [InlineData("a.9223372036854775807.9223372036854775807.c")]
    [InlineData("a.1.2.3.4")]
    public void Read_Anything_IsNull(string text) => Assert.Null(AlertLink.Read(text, Key));

    [Fact]
    public void Read_LongText_IsNull() => Assert.Null(AlertLink.Read(new string('.', 1_000_000), Key));
}
