using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BtcAgent.Architecture.Tests.Sources;

/// <summary>
/// Which type of one project uses which, as far as <c>using</c> directives show it: a directive counts when the code beside it, doc
/// comments left out, names a type of that namespace. This finds constants and <c>nameof</c>, which built code no longer has.
/// </summary>
public static class ProjectSources
{
    public static IEnumerable<TypeArrow> Arrows(IReadOnlyCollection<SourceFile> files)
    {
        var types = files.SelectMany(file => TypesOf(file).Select(type => (Namespace: NamespaceOf(file), Type: type)))
            .ToLookup(declared => declared.Namespace, declared => declared.Type);
        foreach (var file in files)
        {
            var own = NamespaceOf(file);
            var user = TypesOf(file).FirstOrDefault(file.Path);
            var names = file.Root.Members.SelectMany(member => member.DescendantTokens())
                .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).ToHashSet(StringComparer.Ordinal);
            foreach (var target in file.Root.Usings.Select(directive => directive.NamespaceOrType.ToString()).Where(target => target != own))
            {
                var dot = target.LastIndexOf('.');
                if (types[target].FirstOrDefault(names.Contains) is { } used)
                {
                    yield return new TypeArrow(own, user, target, used);
                }
                else if (dot > 0 && target[..dot] != own && types[target[..dot]].Contains(target[(dot + 1)..], StringComparer.Ordinal))
                {
                    yield return new TypeArrow(own, user, target[..dot], target[(dot + 1)..]); // using static, or an alias
                }
            }
        }
    }

    private static string NamespaceOf(SourceFile file) =>
        file.Root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";

    private static IEnumerable<string> TypesOf(SourceFile file) => file.Root.Members.OfType<BaseNamespaceDeclarationSyntax>()
        .SelectMany(space => space.Members)
        .Select(member => (member as BaseTypeDeclarationSyntax)?.Identifier.ValueText ?? (member as DelegateDeclarationSyntax)?.Identifier.ValueText)
        .OfType<string>();
}
