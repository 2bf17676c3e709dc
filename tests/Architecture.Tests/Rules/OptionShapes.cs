using BtcAgent.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>What classes of settings must keep to: each default written down, and a validator named after the class.</summary>
public static class OptionShapes
{
    public static IEnumerable<string> Check(IReadOnlyCollection<SourceFile> files)
    {
        var types = files.SelectMany(file => file.Root.DescendantNodes().OfType<ClassDeclarationSyntax>().Select(type => (File: file, Type: type))).ToList();
        var names = types.Select(each => each.Type.Identifier.ValueText).ToHashSet(StringComparer.Ordinal);
        foreach (var (file, type) in types.Where(each => IsBound(each.Type)))
        {
            var name = type.Identifier.ValueText;
            var settings = type.Members.OfType<PropertyDeclarationSyntax>().Where(IsSetting).ToList();
            if (settings.Any(setting => setting.AttributeLists.Count > 0) && !names.Contains($"{name}Validator"))
            {
                yield return file.At(type, $"{name} has rules and no {name}Validator");
            }

            foreach (var setting in settings.Where(setting => !IsSection(setting) && !SaysDefault(setting)))
            {
                yield return file.At(setting, $"{name}.{setting.Identifier.ValueText}: its doc comment says neither 'Default …' nor 'Required'");
            }
        }
    }

    /// <summary>Bound to a section of the configuration.</summary>
    private static bool IsBound(ClassDeclarationSyntax type) =>
        type.Identifier.ValueText.EndsWith("Options", StringComparison.Ordinal)
        && type.Members.OfType<FieldDeclarationSyntax>().Any(field => field.Modifiers.Any(SyntaxKind.ConstKeyword)
            && field.Declaration.Variables.Any(variable => variable.Identifier.ValueText == "Section"));

    private static bool IsSetting(PropertyDeclarationSyntax property) =>
        property.Modifiers.Any(SyntaxKind.PublicKeyword) && !property.Modifiers.Any(SyntaxKind.StaticKeyword)
        && property.AccessorList is { } accessors
        && (accessors.Accessors.Any(accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration)) || property.Initializer is not null);

    /// <summary>Settings below it have defaults of their own.</summary>
    private static bool IsSection(PropertyDeclarationSyntax property) =>
        property.Type.ToString() is var type && (type.EndsWith("Options", StringComparison.Ordinal) || type.EndsWith("Limits", StringComparison.Ordinal));

    private static bool SaysDefault(PropertyDeclarationSyntax property) =>
        property.GetLeadingTrivia().ToFullString() is var doc
        && (doc.Contains("efault", StringComparison.Ordinal) || doc.Contains("Required.", StringComparison.Ordinal));
}
