using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BtcAgent.Architecture.Tests.Sources;

/// <summary>One parsed C# file.</summary>
/// <param name="Path">Relative to the repository's root, with forward slashes.</param>
/// <param name="Root">Its syntax tree.</param>
public sealed record SourceFile(string Path, CompilationUnitSyntax Root)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    public static SourceFile Parse(string path, string text) =>
        new(path, CSharpSyntaxTree.ParseText(text, Options).GetCompilationUnitRoot());

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    public int Lines => Root.GetText().Lines.Count - (Root.GetText().Lines[^1].Span.IsEmpty ? 1 : 0);

    /// <summary>A violation as a compiler would print it: path, line, what is wrong.</summary>
    public string At(SyntaxNode node, string what) =>
        $"{Path}({node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {what}";
}
