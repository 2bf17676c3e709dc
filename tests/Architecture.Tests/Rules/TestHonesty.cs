using BtcAgent.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>Tests wait for what happens, never for a while; none is switched off.</summary>
public static class TestHonesty
{
    public static IEnumerable<string> Check(SourceFile file)
    {
        foreach (var call in file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            var name = NameOf(call);
            if (name == "Thread.Sleep")
            {
                yield return file.At(call, "Thread.Sleep: wait for the event itself");
            }
            else if (name == "Task.Delay"
                && call.ArgumentList.Arguments is [var first, ..] arguments
                && IsConstantTime(first.Expression)
                && !arguments.Any(IsTimeProvider))
            {
                yield return file.At(call, "Task.Delay of a constant: wait for the event itself, or pass a fake TimeProvider");
            }
        }

        foreach (var skip in file.Root.DescendantNodes().OfType<AttributeArgumentSyntax>()
            .Where(argument => argument.NameEquals?.Name.Identifier.ValueText == "Skip"))
        {
            yield return file.At(skip, "Skip: fix the test or delete it");
        }
    }

    private static bool IsConstantTime(ExpressionSyntax expression) =>
        expression.IsKind(SyntaxKind.NumericLiteralExpression)
        || (expression is InvocationExpressionSyntax call
            && NameOf(call).StartsWith("TimeSpan.From", StringComparison.Ordinal)
            && call.ArgumentList.Arguments.All(argument => argument.Expression is LiteralExpressionSyntax));

    private static bool IsTimeProvider(ArgumentSyntax argument) =>
        argument.ToString().EndsWith("time", StringComparison.OrdinalIgnoreCase)
        || argument.ToString().EndsWith("timeProvider", StringComparison.OrdinalIgnoreCase);

    /// <summary>Type and method, namespaces left out.</summary>
    private static string NameOf(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: var type, Name: var method }
            ? $"{type.ToString().Split('.')[^1]}.{method.Identifier.ValueText}"
            : "";
}
