using BtcAgent.Client.Operators;
using BtcAgent.Silo.Roles;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>The key is shown once; redirected output contains no sign-in link.</summary>
public sealed class StartupBannerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-banner-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SignIn_FirstStart_ShowsTheKeyAndLaterOnesWhereItIs(bool isTerminal)
    {
        var first = OperatorKey.Open(_folder.FullName);
        var later = OperatorKey.Open(_folder.FullName);

        Assert.Contains(first.Text, Text(first, isTerminal), StringComparison.Ordinal);
        Assert.DoesNotContain(later.Text, Text(later, isTerminal), StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder.FullName, "operator.key"), Text(later, isTerminal), StringComparison.Ordinal);
    }

    [Fact]
    public void SignIn_OutputThatIsKept_HoldsNoLinkThatSignsIn()
    {
        var key = OperatorKey.Open(_folder.FullName);
        Assert.DoesNotContain("token", Text(key, isTerminal: false), StringComparison.Ordinal);
        Assert.Contains("/signin?token=", Text(key, isTerminal: true), StringComparison.Ordinal);
    }

    private static string Text(OperatorKey key, bool isTerminal)
    {
        var (link, how) = StartupBanner.SignIn(key, new SignInLinks(TimeProvider.System), isTerminal);
        return link + how;
    }
}
