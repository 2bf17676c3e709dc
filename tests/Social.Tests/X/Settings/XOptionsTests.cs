using System.ComponentModel.DataAnnotations;
using BtcAgent.Social.X.Settings;

namespace BtcAgent.Social.Tests.X.Settings;

public sealed class XOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.Empty(Problems(new XOptions()));

    [Theory]
    [InlineData("api.x.com")]
    [InlineData("/2/tweets")]
    [InlineData("ftp://127.0.0.1")]
    public void Validate_NotAWebAddress_SaysSo(string address) =>
        Assert.Contains("Social:X:BaseAddress", Problems(new XOptions { BaseAddress = new Uri(address, UriKind.RelativeOrAbsolute) }).Single(), StringComparison.Ordinal);

    [Fact]
    public void Validate_HttpElsewhere_SaysSo() =>
        Assert.Contains("in clear", Problems(new XOptions { BaseAddress = new Uri("http://api.x.com") }).Single(), StringComparison.Ordinal);

    /// <summary>X has a query once, so the second name would wait for ever.</summary>
    [Fact]
    public void Validate_OneQueryUnderTwoNames_SaysSo()
    {
        var options = new XOptions();
        (options.Rules["a"], options.Rules["b"], options.Rules["c"]) = ("bitcoin", "gold", "bitcoin");
        Assert.Equal("Social:X:Rules: a and c have the same query: remove one", Problems(options).Single());
    }

    private static List<string> Problems(XOptions options) => [.. options.Validate(new ValidationContext(options)).Select(problem => problem.ErrorMessage!)];
}
