using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

public sealed class BannedSymbolTests
{
    [Fact]
    public void Check_OurSources_AreClean() => Violations.None(Repository.Sources.SelectMany(BannedSymbols.Check));

    [Theory]
    [InlineData("src/Domain/A.cs", "DateTime.UtcNow")]
    [InlineData("src/Domain/A.cs", "System.DateTime.Now")]
    [InlineData("src/Storage/A.cs", "DateTimeOffset.Now")]
    [InlineData("src/Storage/A.cs", "DateTimeOffset.UtcNow.Ticks")]
    [InlineData("src/Storage/A.cs", "Stopwatch.GetTimestamp()")]
    [InlineData("src/Storage/A.cs", "Stopwatch.StartNew()")]
    [InlineData("src/Grains/A.cs", "Random.Shared.Next()")]
    [InlineData("src/Grains/A.cs", "Guid.NewGuid()")]
    [InlineData("src/Grains/A.cs", "Task.Run(() => 1)")]
    [InlineData("src/Grains/A.cs", "await work.ConfigureAwait(false)")]
    [InlineData("src/Silo/A.cs", "Thread.Sleep(1)")]
    public void Check_BannedSymbol_IsReported(string path, string expression) =>
        Violations.One("is banned", BannedSymbols.Check(Using(path, expression)));

    [Theory]
    [InlineData("src/Silo/A.cs", "DateTime.UtcNow")]
    [InlineData("src/Cli/A.cs", "Guid.NewGuid()")]
    [InlineData("src/Exchanges.Binance/A.cs", "await work.ConfigureAwait(false)")]
    [InlineData("src/Grains/A.cs", "\"DateTime.UtcNow\"")]
    [InlineData("src/Grains/A.cs", "time.GetTimestamp()")]
    public void Check_AllowedThere_IsSilent(string path, string expression) =>
        Violations.None(BannedSymbols.Check(Using(path, expression)));

    [Theory]
    [InlineData("using static System.Threading.Thread;")]
    [InlineData("using Clock = System.DateTime;")]
    public void Check_UsingThatHidesABan_IsReported(string directive) =>
        Violations.One("hides", BannedSymbols.Check(SourceFile.Parse("src/Domain/A.cs", directive)));

    private static SourceFile Using(string path, string expression) =>
        SourceFile.Parse(path, $"class A {{ async Task<object> M() {{ return {expression}; }} }}");
}
