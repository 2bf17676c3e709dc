using System.Text;
using BtcAgent.Client.Access;
using BtcAgent.Domain.Access;
using BtcAgent.Silo.Health;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Testing;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>The documents list every route of the agent with its role, from the same rules that guard it.</summary>
public sealed class RouteDocsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-routes-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ApiPage_Routes_AreThoseOfTheAgent() => Check("api.md", Table(await RoutesAsync()));

    [Fact]
    public async Task SecurityPage_RoutesByRole_AreThoseOfTheAgent() => Check("security.md", ByRole(await RoutesAsync()));

    private async Task<IReadOnlyList<RouteEntry>> RoutesAsync()
    {
        await using var app = AgentHost.Build(new AgentSettings { Port = 0, DataFolder = _folder.FullName });
        return [.. HealthEndpoints.Routes, .. RouteTable.Of(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints))];
    }

    private static string Table(IEnumerable<RouteEntry> routes)
    {
        var table = new StringBuilder("| route | role | command | scope |\n|---|---|---|---|\n");
        foreach (var route in routes)
        {
            table.Append($"| `{route.Method} {route.Path}` | {route.Rule.Describe()} | {route.Rule.Verb ?? ""} | {Words(route.Rule.Scope)} |\n");
        }

        return table.ToString();
    }

    private static string ByRole(IReadOnlyList<RouteEntry> routes)
    {
        var text = new StringBuilder("| from this role on | routes |\n|---|---|\n");
        string[] order = ["anyone", "metrics", .. Enum.GetValues<AccessRole>().Select(AccessRoles.NameOf)];
        foreach (var role in order)
        {
            text.Append($"| {role} | {string.Join(", ", routes.Where(route => route.Rule.Describe() == role).Select(route => $"`{route.Method} {route.Path}`"))} |\n");
        }

        return text.ToString();
    }

    private static string Words(RouteScope scope) => scope switch
    {
        RouteScope.WholeAgent => "whole agent",
        _ => scope.ToString().ToLowerInvariant(),
    };

    /// <summary>Compares the part of a page between the marks, or writes it.</summary>
    private static void Check(string page, string expected)
    {
        const string Begin = "<!-- routes -->\n";
        const string End = "<!-- /routes -->";
        var path = Path.Combine(GoldenFile.Folder, "..", "..", "..", "docs", page);
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        Assert.True(to >= from, $"docs/{page} has no place for the routes, between {Begin.Trim()} and {End}");
        if (GoldenFile.IsWriting)
        {
            File.WriteAllText(path, text[..from] + expected + text[to..]);
            return;
        }

        Assert.True(
            text[from..to] == expected,
            $"the routes in docs/{page} are not those of the agent: BTCAGENT_WRITE_GOLDEN=1 dotnet test tests/Silo.Tests --filter RouteDocs, and read the difference");
    }
}
