using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

public sealed class ProjectArrowTests
{
    [Fact]
    public void Check_OurProjects_FollowTheTable() => Violations.None(ProjectArrows.Check(Repository.Projects));

    [Fact]
    public void Check_OurProjects_AreFound() => Assert.Contains("Domain", Repository.Projects.Keys);

    [Fact]
    public void Check_DomainKnowsStorage_IsReported() =>
        Violations.One("Domain must not know Storage", ProjectArrows.Check(Project("Domain", "Storage")));

    [Fact]
    public void Check_KafkaKnowsDomain_IsReported() =>
        Violations.One("must not know Domain", ProjectArrows.Check(Project("Streaming.Kafka", "Domain")));

    [Fact]
    public void Check_SiloKnowsCli_IsReported() =>
        Violations.One("Silo must not know Cli", ProjectArrows.Check(Project("Silo", "Cli")));

    [Fact]
    public void Check_ArrowOfTheTableGone_IsReported() =>
        Violations.One("Grains no longer knows Domain", ProjectArrows.Check(Project("Grains", "Contracts")));

    [Fact]
    public void Check_UnknownProject_IsReported() =>
        Violations.One("Tools is not in the table", ProjectArrows.Check(Project("Tools", "Domain")));

    private static Dictionary<string, string> Project(string name, string reference) => new()
    {
        [name] = $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup><ProjectReference Include="..\{reference}\{reference}.csproj" /></ItemGroup>
            </Project>
            """,
    };
}
