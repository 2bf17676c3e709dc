using System.Reflection;
using System.Xml.Linq;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Strategies.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BtcAgent.Strategies.Compilers;

/// <summary>Reads name, summary and parameters of a compiled strategy.</summary>
internal static class DefinitionReader
{
    /// <exception cref="StrategyException">There is not exactly one strategy, or a parameter has no name, range or default.</exception>
    public static StrategyDefinition Read(StrategySource source, Assembly assembly, CSharpCompilation compilation)
    {
        var symbol = StrategyOf(source, compilation);
        var type = assembly.GetType(symbol.ToDisplayString(), throwOnError: true)!;
        var constructor = type.GetConstructors().Single();
        Func<double, object>[] converters = [.. constructor.GetParameters().Select(ConverterOf)];
        return new StrategyDefinition(
            NameOf(source, symbol),
            SummaryOf(symbol),
            [.. symbol.InstanceConstructors.Single(c => c.DeclaredAccessibility == Accessibility.Public).Parameters.Select(p => ParameterOf(source, p))],
            setup => Create(constructor, converters, setup))
        {
            Source = source.Path,
            SourceHash = source.Hash,
        };
    }

    private static ISignalModel Create(ConstructorInfo constructor, Func<double, object>[] converters, StrategySetup setup)
    {
        try
        {
            return (ISignalModel)constructor.Invoke(
                BindingFlags.DoNotWrapExceptions, binder: null, [.. setup.Values.Zip(converters, (value, convert) => convert(value))], culture: null);
        }
        catch (Exception e) when (e is not ArgumentException)
        {
            throw new ArgumentException($"{setup.Id} cannot be created: {e.GetType().Name}: {e.Message}", e);
        }
    }

    private static INamedTypeSymbol StrategyOf(StrategySource source, CSharpCompilation compilation)
    {
        var found = Types(compilation.Assembly.GlobalNamespace).Where(IsStrategy).ToList();
        if (found.Count != 1)
        {
            throw new StrategyException(
                $"{source.Path} contains {found.Count} strategies{(found.Count == 0 ? "" : $" ({string.Join(", ", found.Select(t => t.Name))})")}: "
                + $"write exactly one public class that derives from {nameof(BarStrategy)} or {nameof(SampleStrategy)} in a file; helper classes are fine");
        }

        var strategy = found[0];
        return strategy is { DeclaredAccessibility: Accessibility.Public, ContainingType: null, IsGenericType: false }
            && strategy.InstanceConstructors.Count(c => c.DeclaredAccessibility == Accessibility.Public) == 1
            ? strategy
            : throw new StrategyException($"{At(strategy)}: {strategy.Name} must be a public class, not generic, not inside another one, with one public constructor");
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));

    private static bool IsStrategy(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null && !type.IsAbstract; parent = parent.BaseType)
        {
            if (parent.ToDisplayString() == typeof(Strategy).FullName)
            {
                return true;
            }
        }

        return false;
    }

    private static string NameOf(StrategySource source, INamedTypeSymbol strategy)
    {
        var name = StrategyName.Of(strategy.Name);
        return StrategyName.IsValid(name)
            ? name
            : throw new StrategyException(
                $"{source.Path}: class {strategy.Name} gives the name '{name}': use at most {StrategyName.LettersMax} letters A-Z, a-z and digits");
    }

    private static string SummaryOf(INamedTypeSymbol strategy)
    {
        var xml = strategy.GetDocumentationCommentXml();
        var text = string.IsNullOrEmpty(xml) ? "" : XElement.Parse(xml).Element("summary")?.Value ?? "";
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static StrategyParameter ParameterOf(StrategySource source, IParameterSymbol parameter)
    {
        var range = parameter.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == typeof(ParameterAttribute).FullName);
        if (range is null || !parameter.HasExplicitDefaultValue
            || parameter.Type.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Double or SpecialType.System_Boolean))
        {
            throw new StrategyException(
                $"{At(parameter)}: constructor parameter '{parameter.Name}' needs type int, double or bool, a default, and its range and meaning, "
                + "such as [Parameter(2, 500, \"bars of the bands\")] int length = 20");
        }

        var stated = new StrategyParameter(
            parameter.Name,
            Convert.ToDouble(parameter.ExplicitDefaultValue, System.Globalization.CultureInfo.InvariantCulture),
            Number(range, 0),
            Number(range, 1),
            parameter.Type.SpecialType != SpecialType.System_Double,
            (string)range.ConstructorArguments[2].Value!);
        try
        {
            stated.Check(source.Path, stated.Default);
            return stated;
        }
        catch (ArgumentException e)
        {
            throw new StrategyException($"{At(parameter)}: the default is outside the range: {e.Message}");
        }
    }

    private static double Number(AttributeData range, int place) => (double)range.ConstructorArguments[place].Value!;

    private static Func<double, object> ConverterOf(ParameterInfo parameter) => Type.GetTypeCode(parameter.ParameterType) switch
    {
        TypeCode.Int32 => value => (int)value,
        TypeCode.Boolean => value => value != 0,
        _ => value => value,
    };

    private static string At(ISymbol symbol)
    {
        var at = symbol.Locations[0].GetLineSpan();
        return FormattableString.Invariant($"{at.Path}({at.StartLinePosition.Line + 1},{at.StartLinePosition.Character + 1})");
    }
}
