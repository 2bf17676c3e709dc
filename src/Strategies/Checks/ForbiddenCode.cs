using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BtcAgent.Strategies.Checks;

/// <summary>
/// Finds what a strategy must not do: files, network, processes, threads, clocks, chance, reflection, and state shared between
/// strategies. It helps a reviewer and finds mistakes; it is not a sandbox against an author who wants to get around it.
/// </summary>
internal static class ForbiddenCode
{
    public static IEnumerable<string> Find(CSharpCompilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (Shape(node) is { } shape)
                {
                    yield return $"{At(node)}: {shape}";
                }
                else if (node is FieldDeclarationSyntax or PropertyDeclarationSyntax or EventFieldDeclarationSyntax)
                {
                    if (IsSharedState((MemberDeclarationSyntax)node))
                    {
                        yield return $"{At(node)}: a static member that changes is shared by all strategies: make it an instance member, const or static readonly";
                    }
                }
                else if (node is ExpressionSyntax or AttributeSyntax or ConstructorInitializerSyntax
                    && model.GetSymbolInfo(node).Symbol is { } symbol && AllowedSymbols.WhyNot(symbol, compilation.Assembly) is { } why)
                {
                    yield return $"{At(node)}: {why}";
                }
            }
        }
    }

    private static string? Shape(SyntaxNode node) => node switch
    {
        DestructorDeclarationSyntax => "a finalizer runs at an unknown time: remove it",
        AwaitExpressionSyntax => "a strategy decides at once: remove await",
        BaseMethodDeclarationSyntax { Modifiers: var modifiers } when modifiers.Any(SyntaxKind.AsyncKeyword) || modifiers.Any(SyntaxKind.ExternKeyword) =>
            "a strategy has neither async nor extern methods",
        AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not 0 } => "a strategy has no async functions",
        LockStatementSyntax => "a strategy runs on one thread: remove lock",
        _ => null,
    };

    private static bool IsSharedState(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.StaticKeyword) && !member.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
        && member is not PropertyDeclarationSyntax { AccessorList: null }
        && (member is not PropertyDeclarationSyntax property
            || property.AccessorList!.Accessors.Any(accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration) && accessor is { Body: null, ExpressionBody: null }));

    private static string At(SyntaxNode node)
    {
        var at = node.GetLocation().GetLineSpan();
        return FormattableString.Invariant($"{at.Path}({at.StartLinePosition.Line + 1},{at.StartLinePosition.Character + 1})");
    }
}
