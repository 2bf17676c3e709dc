using BtcAgent.Client.Api;

namespace BtcAgent.Client.Tests.Api;

public sealed class OperatorReasonTests
{
    [Theory]
    [InlineData("a\r\nb\0\u001b[31m\u202e evil", "a  b  [31m  evil")]
    [InlineData("  because  ", "because")]
    [InlineData("größer \u2192 比特币", "größer \u2192 比特币")]
    public void Check_CharactersThatControl_BecomeSpaces(string given, string expected)
    {
        Assert.Null(OperatorReason.Check(given, out var reason));
        Assert.Equal(expected, reason);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ab")]
    [InlineData("\r\n\0\t")]
    public void Check_TooShortOrNothingButControls_IsRefused(string? given) => Assert.NotNull(OperatorReason.Check(given, out _));
}
