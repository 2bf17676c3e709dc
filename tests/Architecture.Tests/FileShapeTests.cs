using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

public sealed class FileShapeTests
{
    [Fact]
    public void Check_OurFiles_AreInShape() =>
        Violations.None(Repository.Sources.Concat(Repository.Tests).SelectMany(FileShape.Check));

    [Theory]
    [InlineData("src/Domain/A.cs", "namespace N; public class A; public enum B { C }", "2 public types")]
    [InlineData("src/Domain/A.cs", "namespace N; public class B;", "name the file for it")]
    [InlineData("src/Domain/A.cs", "namespace N; internal class B;", "name the file for it")]
    [InlineData("src/Domain/Enums/A.cs", "public enum A { B }", "names a kind")]
    [InlineData("src/Domain/OrderManager.cs", "namespace N { internal class OrderManager; }", "empty ending")]
    [InlineData("src/Domain/PriceHelper.cs", "public static class PriceHelper;", "empty ending")]
    public void Check_BadFile_IsReported(string path, string code, string expected) =>
        Violations.One(expected, FileShape.Check(SourceFile.Parse(path, code)));

    [Fact]
    public void Check_LongFile_IsReported() =>
        Violations.One("301 lines", FileShape.Check(SourceFile.Parse("src/Domain/A.cs", new string('\n', 301))));

    [Theory]
    [InlineData(12, 0)]
    [InlineData(13, 1)]
    public void Check_ConstructorParameters_AreReportedBeyondTwelve(int count, int findings)
    {
        var parameters = string.Join(", ", Enumerable.Range(0, count).Select(i => $"int p{i}"));
        Assert.Equal(findings, FileShape.Check(SourceFile.Parse("src/Domain/A.cs", $"public class A({parameters});")).Count());
        Assert.Equal(findings, FileShape.Check(SourceFile.Parse("src/Domain/A.cs", $"public class A {{ public A({parameters}) {{ }} }}")).Count());
    }

    [Theory]
    [InlineData("src/Domain/A.cs", "public class A { public class Nested; } internal class B;")]
    [InlineData("src/Domain/A.Log.cs", "public partial class A;")]
    [InlineData("src/Domain/A.cs", "public class A<T>;")]
    [InlineData("src/Domain/Usings.cs", "global using System.Text;")]
    public void Check_GoodFile_IsSilent(string path, string code) =>
        Violations.None(FileShape.Check(SourceFile.Parse(path, code)));

    [Fact]
    public void Check_FileOf300Lines_IsSilent() =>
        Violations.None(FileShape.Check(SourceFile.Parse("src/Domain/A.cs", new string('\n', 300))));
}
