using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

public sealed class DomainPurityTests
{
    [Fact]
    public void CheckProject_OurDomain_UsesOnlySerializationAttributes() =>
        Violations.None(DomainPurity.CheckProject(Repository.Projects["Domain"]));

    [Fact]
    public void Check_OurDomain_IsPure() => Violations.None(
        Repository.Sources.Where(file => file.IsUnder("src/Domain")).SelectMany(DomainPurity.Check));

    [Theory]
    [InlineData("PackageReference", "Polly")]
    [InlineData("FrameworkReference", "Microsoft.AspNetCore.App")]
    public void CheckProject_OtherPackage_IsReported(string item, string name) => Violations.One(
        name, DomainPurity.CheckProject($"<Project><ItemGroup><{item} Include=\"{name}\" /></ItemGroup></Project>"));

    [Theory]
    [InlineData("using System.IO;")]
    [InlineData("using System.Net.Http;")]
    [InlineData("using Microsoft.Extensions.Logging;")]
    [InlineData("class A { object B = new System.Net.WebClient(); }")]
    [InlineData("class A { string B = System.IO.Path.Combine(); }")]
    [InlineData("class A { string B = File.ReadAllText(\"c\"); }")]
    public void Check_Impurity_IsReported(string code) =>
        Violations.One("must not use", DomainPurity.Check(SourceFile.Parse("src/Domain/A.cs", code)));

    [Fact]
    public void Check_PureCode_IsSilent() => Violations.None(
        DomainPurity.Check(SourceFile.Parse("src/Domain/A.cs", "using System.Numerics; class A { int File2; }")));
}
