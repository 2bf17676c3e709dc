using BtcAgent.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>Hidden inputs that would make a run irreproducible, and what to take in their place.</summary>
public static class BannedSymbols
{
    private static readonly string[] CompositionRoots = ["src/Silo", "src/Cli"];

    private static readonly Dictionary<string, string> Everywhere = new()
    {
        ["Thread.Sleep"] = "await Task.Delay(delay, timeProvider)",
    };

    private static readonly Dictionary<string, string> OutsideRoots = new()
    {
        ["DateTime.Now"] = "TimeProvider",
        ["DateTime.UtcNow"] = "TimeProvider",
        ["DateTimeOffset.Now"] = "TimeProvider",
        ["DateTimeOffset.UtcNow"] = "TimeProvider",
        ["Stopwatch.GetTimestamp"] = "TimeProvider.GetTimestamp",
        ["Stopwatch.StartNew"] = "TimeProvider.GetTimestamp",
        ["Random.Shared"] = "a seed from the options",
        ["Guid.NewGuid"] = "an id derived from the decision",
    };

    private static readonly Dictionary<string, string> InGrains = new()
    {
        ["Task.Run"] = "the grain's own scheduler",
    };

    public static IEnumerable<string> Check(SourceFile file)
    {
        var grains = file.IsUnder("src/Grains");
        var outsideRoots = !CompositionRoots.Any(file.IsUnder);
        foreach (var access in file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
        {
            var symbol = $"{RightmostName(access.Expression)}.{access.Name.Identifier.ValueText}";
            if (Everywhere.TryGetValue(symbol, out var instead)
                || (outsideRoots && OutsideRoots.TryGetValue(symbol, out instead))
                || (grains && InGrains.TryGetValue(symbol, out instead)))
            {
                yield return file.At(access, $"{symbol} is banned: use {instead}");
            }
            else if (grains && access.Name.Identifier.ValueText == "ConfigureAwait" && IsCalledWithFalse(access))
            {
                yield return file.At(access, "ConfigureAwait(false) is banned: use the grain's own scheduler");
            }
        }

        foreach (var hidden in file.Root.Usings.Where(HidesABan))
        {
            yield return file.At(hidden, $"'{hidden}' hides banned symbols: use the type's name");
        }
    }

    private static bool IsCalledWithFalse(MemberAccessExpressionSyntax access) =>
        access.Parent is InvocationExpressionSyntax { ArgumentList.Arguments: [var only] }
        && only.Expression.ToString() == "false";

    private static bool HidesABan(UsingDirectiveSyntax directive)
    {
        var type = directive.NamespaceOrType.ToString().Split('.')[^1];
        return (directive.StaticKeyword.Span.Length > 0 || directive.Alias is not null)
            && Everywhere.Keys.Concat(OutsideRoots.Keys).Any(symbol => symbol.StartsWith(type + ".", StringComparison.Ordinal));
    }

    private static string RightmostName(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };
}
