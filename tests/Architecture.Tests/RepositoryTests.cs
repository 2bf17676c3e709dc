using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

/// <summary>The other tests pass on nothing when nothing is read.</summary>
public sealed class RepositoryTests
{
    [Theory]
    [InlineData("src/Domain/Price.cs")]
    [InlineData("src/Grains/Storage/GrainStateNames.cs")]
    public void Sources_KnownFile_IsRead(string path) => Assert.Contains(Repository.Sources, file => file.Path == path);

    [Fact]
    public void Tests_ThisFile_IsRead() =>
        Assert.Contains(Repository.Tests, file => file.Path == "tests/Architecture.Tests/RepositoryTests.cs");

    [Fact]
    public void Sources_BuildOutput_IsLeftOut() =>
        Assert.DoesNotContain(Repository.Sources, file => file.Path.Contains("/obj/", StringComparison.Ordinal));
}
