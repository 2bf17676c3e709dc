using BtcAgent.History.Metrics;

namespace BtcAgent.History.Tests.Metrics;

public sealed class LineProtocolTests
{
    [Fact]
    public void Head_SpecialCharacters_AreEscaped() => Assert.Equal(
        @"a\,b\ c,k\=\,\ 1=v\ \,\=x,z=ü",
        LineProtocol.Head("a,b c", [("z", "ü"), ("k=, 1", "v ,=x")]));

    [Theory]
    [InlineData("line\nbreak\r", "m,t=line_break_")]
    [InlineData(@"ends with\", @"m,t=ends\ with/")]
    [InlineData(@"in\side", @"m,t=in\side")]
    [InlineData("", "m")]
    public void Head_ValueThatCannotBeWritten_IsReplaced(string value, string expected) =>
        Assert.Equal(expected, LineProtocol.Head("m", [("t", value)]));

    [Fact]
    public void Line_Fields_RoundTrip() => Assert.Equal(
        "m,a=b count=3i,x=0.1,y=-1E-09 1700000000",
        LineProtocol.Line("m,a=b", 1_700_000_000, [("x", 0.1), ("y", -1e-9)], 3));
}
