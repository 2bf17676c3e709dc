using System.Collections.Immutable;
using BtcAgent.Domain.Strategies;
using BtcAgent.Strategies.Sources;
using Microsoft.CodeAnalysis;

namespace BtcAgent.Strategies.Compilers;

/// <summary>The assemblies that strategies may refer to: the core of .NET without network, processes or user interfaces, and the domain.</summary>
internal static class CompilationReferences
{
    private static readonly string[] Framework =
    [
        "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory",
        "System.Runtime.Extensions", "System.Runtime.Numerics", "System.Numerics.Vectors",
    ];

    private static readonly Lazy<ImmutableArray<MetadataReference>> Loaded = new(Load);

    public static ImmutableArray<MetadataReference> All => Loaded.Value;

    private static ImmutableArray<MetadataReference> Load()
    {
        var trusted = ((string)(AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")).Split(Path.PathSeparator)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path) ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var domain = typeof(Strategy).Assembly;
        return
        [
            .. Framework.Append("Orleans.Serialization.Abstractions").Where(trusted.ContainsKey)
                .Select(name => MetadataReference.CreateFromFile(trusted[name])),
            MetadataReference.CreateFromFile(domain.Location.Length > 0
                ? domain.Location
                : throw new StrategyException("strategies cannot be compiled in a single-file program: publish the agent as files")),
        ];
    }
}
