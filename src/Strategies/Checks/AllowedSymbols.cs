using System.Collections.Frozen;
using Microsoft.CodeAnalysis;

namespace BtcAgent.Strategies.Checks;

/// <summary>Which types and members of .NET a strategy may use: what computes, and nothing that reads or changes the world.</summary>
internal static class AllowedSymbols
{
    private static readonly string[] Namespaces =
    [
        "System.Collections", "System.Collections.Generic", "System.Collections.Immutable", "System.Collections.Frozen", "System.Globalization",
        "System.Linq", "System.Numerics", "System.Text", "System.Diagnostics.CodeAnalysis",
    ];

    /// <summary>Types of the namespace System that read or change the world.</summary>
    private static readonly FrozenSet<string> ForbiddenTypes = new[]
    {
        "Activator", "AppContext", "AppDomain", "AppDomainSetup", "AppContextSwitch", "ApplicationId", "ArgIterator", "Console", "Environment", "GC",
        "HashCode", "Lazy", "LoaderOptimizationAttribute", "LocalDataStoreSlot", "MarshalByRefObject", "ModuleHandle", "Progress", "Random",
        "RuntimeFieldHandle", "RuntimeMethodHandle", "RuntimeTypeHandle", "ThreadStaticAttribute", "TimeProvider", "TimeZone", "TimeZoneInfo",
        "TypedReference", "UIntPtr", "IntPtr", "WeakReference",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Members that depend on the process, the machine or the time.</summary>
    private static readonly FrozenDictionary<string, string> BannedMembers = BannedList.Read();

    /// <summary>Members of reflection and of the runtime on types that are allowed otherwise.</summary>
    private static readonly FrozenSet<string> ForbiddenMembers = new[]
    {
        "System.Object.GetHashCode", "System.Object.GetType", "System.String.GetHashCode", "System.String.Intern", "System.String.IsInterned",
        "System.Delegate.CreateDelegate", "System.Delegate.DynamicInvoke", "System.Delegate.Method", "System.DateTime.ToLocalTime",
        "System.DateTimeOffset.ToLocalTime", "System.DateTimeOffset.LocalDateTime", "System.Exception.StackTrace", "System.Exception.TargetSite",
        "System.Globalization.CultureInfo.CurrentCulture", "System.Globalization.CultureInfo.CurrentUICulture",
        "System.Globalization.CultureInfo.DefaultThreadCurrentCulture", "System.Globalization.CultureInfo.DefaultThreadCurrentUICulture",
        "System.Linq.ParallelEnumerable", "System.Guid.NewGuid", "System.Guid.CreateVersion7",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <returns>Why a strategy must not use it; null when it may.</returns>
    public static string? WhyNot(ISymbol symbol, IAssemblySymbol own)
    {
        var used = symbol.OriginalDefinition;
        if (used is INamespaceSymbol or ITypeParameterSymbol or IArrayTypeSymbol or IDynamicTypeSymbol || used.ContainingAssembly is null
            || SymbolEqualityComparer.Default.Equals(used.ContainingAssembly, own))
        {
            return null;
        }

        var type = used as INamedTypeSymbol ?? used.ContainingType;
        if (type is null)
        {
            return null;
        }

        while (type.ContainingType is { } outer)
        {
            type = outer;
        }

        if (used.GetDocumentationCommentId() is { } id && BannedMembers.TryGetValue(id, out var message))
        {
            return $"{used.ToDisplayString()} is not allowed: {message}";
        }

        var space = type.ContainingNamespace.ToDisplayString();
        if (space == "BtcAgent.Domain" || space.StartsWith("BtcAgent.Domain.", StringComparison.Ordinal) || Namespaces.Contains(space))
        {
            return MemberProblem(used, type);
        }

        return space switch
        {
            "System" when type.Name == "Type" || ForbiddenTypes.Contains(type.Name) => Refusal(NameOf(type)),
            "System" => MemberProblem(used, type),
            _ => Refusal(NameOf(type)),
        };
    }

    private static string? MemberProblem(ISymbol used, INamedTypeSymbol type) =>
        NameOf(type) is var name && (ForbiddenMembers.Contains($"{name}.{used.Name}") || ForbiddenMembers.Contains(name))
            ? Refusal($"{name}.{used.Name}")
            : null;

    /// <summary>Full name, also of types that have a keyword.</summary>
    private static string NameOf(INamedTypeSymbol type) => $"{type.ContainingNamespace.ToDisplayString()}.{type.Name}";

    private static string Refusal(string name) =>
        $"{name} is not allowed: a strategy uses only bars, samples and its parameters, without files, network, threads, clocks, chance or reflection";
}
