using BtcAgent.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>The domain does no I/O, logs nothing and knows no framework.</summary>
public static class DomainPurity
{
    private const string AllowedPackage = "Microsoft.Orleans.Sdk";

    private static readonly string[] ForbiddenNamespaces = ["System.IO", "System.Net", "Microsoft.Extensions"];

    /// <summary>Types that implicit usings bring in without a using to see.</summary>
    private static readonly HashSet<string> ForbiddenTypes =
        ["File", "FileStream", "Directory", "StreamReader", "StreamWriter", "HttpClient", "Console"];

    public static IEnumerable<string> CheckProject(string project) => ProjectArrows
        .References(project, "PackageReference")
        .Concat(ProjectArrows.References(project, "FrameworkReference"))
        .Where(package => package != AllowedPackage)
        .Select(package => $"Domain must not use {package}");

    public static IEnumerable<string> Check(SourceFile file)
    {
        foreach (var directive in file.Root.DescendantNodes().OfType<UsingDirectiveSyntax>())
        {
            if (IsForbidden(directive.NamespaceOrType.ToString()))
            {
                yield return file.At(directive, $"Domain must not use {directive.NamespaceOrType}");
            }
        }

        foreach (var name in file.Root.DescendantNodes(node => node is not UsingDirectiveSyntax))
        {
            if (name is QualifiedNameSyntax or MemberAccessExpressionSyntax && ForbiddenNamespaces.Contains(name.ToString()))
            {
                yield return file.At(name, $"Domain must not use {name}");
            }
            else if (name is IdentifierNameSyntax simple && ForbiddenTypes.Contains(simple.Identifier.ValueText))
            {
                yield return file.At(name, $"Domain must not use {name}");
            }
        }
    }

    private static bool IsForbidden(string name) => ForbiddenNamespaces.Any(
        forbidden => name == forbidden || name.StartsWith(forbidden + ".", StringComparison.Ordinal));
}
