using BtcAgent.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>Rules on the name, length and folder of a file.</summary>
public static class FileShape
{
    /// <summary>Lines a file may have; the aim is half of it.</summary>
    private const int LinesMax = 300;

    /// <summary>Parameters that a constructor may have.</summary>
    private const int ParametersMax = 12;

    /// <summary>Types that may have more, and why.</summary>
    private static readonly Dictionary<string, string> ManyParameters = new(StringComparer.Ordinal)
    {
        ["AgentStatus"] = "one parameter for each field of a JSON answer, constructed in one place",
        ["BacktestSummary"] = "one parameter for each field of a JSON answer, constructed in one place",
        ["ReplayReport"] = "one parameter for each field of a JSON answer, constructed in one place",
        ["DrillResult"] = "one parameter for each field of a drill's JSON",
        ["ClusterDrillResult"] = "one parameter for each field of a drill's JSON",
        ["FoldResult"] = "stored in manifests, whose older fields may be missing: required properties would refuse those",
    };

    private static readonly string[] KindFolders = ["Interfaces", "Enums", "Helpers", "Utils", "Common"];

    private static readonly string[] EmptyEndings = ["Manager", "Helper", "Helpers", "Utils", "Processor"];

    public static IEnumerable<string> Check(SourceFile file)
    {
        if (file.Lines > LinesMax)
        {
            yield return $"{file.Path}: {file.Lines} lines, more than {LinesMax}: split it";
        }

        foreach (var folder in file.Path.Split('/')[..^1].Intersect(KindFolders))
        {
            yield return $"{file.Path}: folder {folder} names a kind, not a capability";
        }

        var types = file.Root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(type => type is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .ToList();
        foreach (var type in types.Where(type => EmptyEndings.Any(NameOf(type).EndsWith)))
        {
            yield return file.At(type, $"{NameOf(type)}: an empty ending; name what it does");
        }

        foreach (var type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>())
        {
            var count = Constructors(type).Max();
            if (count > ParametersMax && !ManyParameters.ContainsKey(NameOf(type)))
            {
                yield return file.At(type, $"{NameOf(type)}: {count} constructor parameters, more than {ParametersMax}: group them, or say why here");
            }
        }

        // X.Log.cs and X.Fast.cs hold parts of X.
        var stem = file.Path.Split('/')[^1].Split('.')[0];
        var visible = types.Where(type => type.Modifiers.Any(SyntaxKind.PublicKeyword)).ToList();
        if (visible.Count > 1)
        {
            yield return $"{file.Path}: {visible.Count} public types ({string.Join(", ", visible.Select(NameOf))}); one a file";
        }
        else if (visible.Count == 1 ? NameOf(visible[0]) != stem : types.Count > 0 && types.All(type => NameOf(type) != stem))
        {
            yield return $"{file.Path}: holds {NameOf(visible.Count == 1 ? visible[0] : types[0])}, name the file for it";
        }
    }

    private static IEnumerable<int> Constructors(TypeDeclarationSyntax type) => type.Members.OfType<ConstructorDeclarationSyntax>()
        .Select(constructor => constructor.ParameterList.Parameters.Count)
        .Append(type.ParameterList?.Parameters.Count ?? 0);

    private static string NameOf(MemberDeclarationSyntax type) =>
        (type as BaseTypeDeclarationSyntax)?.Identifier.ValueText ?? ((DelegateDeclarationSyntax)type).Identifier.ValueText;
}
