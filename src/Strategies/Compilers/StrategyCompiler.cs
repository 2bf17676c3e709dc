using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using BtcAgent.Domain.Strategies;
using BtcAgent.Strategies.Checks;
using BtcAgent.Strategies.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace BtcAgent.Strategies.Compilers;

/// <summary>
/// Compiles a strategy's source and checks it: what it may call, what it declares, and that it decides the same again. The same
/// source and program give the same assembly.
/// </summary>
public static class StrategyCompiler
{
    /// <summary>Errors shown of one source.</summary>
    private const int ErrorsShown = 10;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest, DocumentationMode.Parse);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        checkOverflow: false,
        allowUnsafe: false,
        nullableContextOptions: NullableContextOptions.Enable,
        deterministic: true);

    /// <summary>Usings of every strategy, so that a file needs none.</summary>
    public static ImmutableArray<string> Usings { get; } =
    [
        "System", "System.Collections.Generic", "System.Linq", "BtcAgent.Domain", "BtcAgent.Domain.Bars", "BtcAgent.Domain.Features",
        "BtcAgent.Domain.Indicators", "BtcAgent.Domain.Signals", "BtcAgent.Domain.Snapshots", "BtcAgent.Domain.Strategies",
    ];

    /// <exception cref="StrategyException">The source does not compile, or a check refuses it; the message lists file, line and
    /// error.</exception>
    public static CompiledStrategy Compile(StrategySource source)
    {
        var compilation = CSharpCompilation.Create(
            $"strategy-{source.Hash}",
            source.Files
                .Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, System.Text.Encoding.UTF8), Language, file.File))
                .Prepend(CSharpSyntaxTree.ParseText(
                    string.Concat(Usings.Select(name => $"global using {name};\n")), Language, "usings.g.cs", System.Text.Encoding.UTF8)),
            CompilationReferences.All,
            Options);
        var diagnostics = compilation.GetDiagnostics();
        Refuse(source, "does not compile", diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(TextOf));
        Refuse(source, "is not allowed", ForbiddenCode.Find(compilation));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        Refuse(source, "does not compile", emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(TextOf));
        image.Position = 0;
        var definition = DefinitionReader.Read(source, Load(source, image), compilation);
        StrategyTrial.Run(definition);
        return new CompiledStrategy(
            definition, [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Warning && d.Location.IsInSource).Select(TextOf)]);
    }

    /// <summary>Types of the domain are this program's; the strategy itself stays loaded as long as the program.</summary>
    private static Assembly Load(StrategySource source, Stream image)
    {
        var domain = typeof(Strategy).Assembly;
        var context = new AssemblyLoadContext($"strategy {source.Path}");
        context.Resolving += (_, name) => name.Name == domain.GetName().Name ? domain : null;
        return context.LoadFromStream(image);
    }

    private static void Refuse(StrategySource source, string what, IEnumerable<string> errors)
    {
        string[] all = [.. errors.Distinct()];
        if (all.Length > 0)
        {
            var more = all.Length > ErrorsShown ? $"\n  … and {all.Length - ErrorsShown} more" : "";
            throw new StrategyException(
                $"strategy {source.Path} {what}:\n  {string.Join("\n  ", all.Take(ErrorsShown))}{more}\n"
                + $"Correct it, and check it with 'btcagent strategy check {source.Path}'.");
        }
    }

    private static string TextOf(Diagnostic diagnostic)
    {
        var at = diagnostic.Location.GetMappedLineSpan();
        return diagnostic.Location.IsInSource
            ? FormattableString.Invariant($"{at.Path}({at.StartLinePosition.Line + 1},{at.StartLinePosition.Character + 1}): {diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")
            : $"{diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
