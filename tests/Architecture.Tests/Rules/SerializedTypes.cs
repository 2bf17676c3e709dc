using BtcAgent.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>What a type that travels between silos or rests in storage must keep to.</summary>
public static class SerializedTypes
{
    private static readonly HashSet<string> MutableCollections =
    [
        "List", "IList", "Dictionary", "IDictionary", "SortedDictionary", "SortedList", "HashSet", "ISet", "SortedSet",
        "Queue", "Stack", "Collection", "ICollection", "ConcurrentDictionary",
    ];

    public static IEnumerable<string> Check(IEnumerable<SourceFile> files)
    {
        var aliases = new Dictionary<string, string>();
        foreach (var file in files)
        {
            foreach (var type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            {
                var alias = ArgumentOf(Attribute(type.AttributeLists, "Alias"));
                if (alias is not null && !aliases.TryAdd(alias, file.Path))
                {
                    yield return file.At(type, $"alias {alias} is taken by {aliases[alias]}");
                }

                if (Attribute(type.AttributeLists, "GenerateSerializer") is not null)
                {
                    foreach (var wrong in CheckType(type, alias).Concat(CheckMembers(type)))
                    {
                        yield return file.At(wrong.Node, $"{type.Identifier.ValueText}: {wrong.What}");
                    }
                }
            }
        }
    }

    private static IEnumerable<(SyntaxNode Node, string What)> CheckType(BaseTypeDeclarationSyntax type, string? alias)
    {
        if (alias is null)
        {
            yield return (type, "no explicit [Alias]");
        }

        if (type is not EnumDeclarationSyntax && Attribute(type.AttributeLists, "Immutable") is null)
        {
            yield return (type, "no [Immutable]");
        }

        if (type is RecordDeclarationSyntax { ParameterList: not null } record
            && record.IsKind(SyntaxKind.RecordStructDeclaration)
            && !record.Modifiers.Any(SyntaxKind.ReadOnlyKeyword))
        {
            yield return (type, "positional members of a record struct are settable: make it readonly");
        }
    }

    private static IEnumerable<(SyntaxNode Node, string What)> CheckMembers(BaseTypeDeclarationSyntax type)
    {
        var ids = new HashSet<string>();
        foreach (var (node, memberType, attributes) in MembersOf(type))
        {
            var id = ArgumentOf(Attribute(attributes, "Id"));
            if (id is not null && !ids.Add(id))
            {
                yield return (node, $"[Id({id})] is used twice");
            }

            if (IsSettable(node))
            {
                yield return (node, "settable from outside: use init or readonly");
            }

            if ((id is not null || IsPublic(node)) && StoresValue(node) && IsMutableCollection(memberType))
            {
                yield return (node, $"{memberType} can change after sending: use ImmutableArray or IReadOnlyList");
            }
        }
    }

    private static IEnumerable<(SyntaxNode Node, TypeSyntax Type, SyntaxList<AttributeListSyntax> Attributes)> MembersOf(
        BaseTypeDeclarationSyntax declaration)
    {
        if (declaration is not TypeDeclarationSyntax type)
        {
            yield break;
        }

        if (type is RecordDeclarationSyntax)
        {
            foreach (var parameter in type.ParameterList?.Parameters ?? [])
            {
                yield return (parameter, parameter.Type!, parameter.AttributeLists);
            }
        }

        foreach (var property in type.Members.OfType<PropertyDeclarationSyntax>())
        {
            yield return (property, property.Type, property.AttributeLists);
        }

        foreach (var field in type.Members.OfType<FieldDeclarationSyntax>())
        {
            yield return (field, field.Declaration.Type, field.AttributeLists);
        }
    }

    private static bool IsPublic(SyntaxNode node) =>
        node is ParameterSyntax || (node is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.PublicKeyword));

    private static bool IsSettable(SyntaxNode node) => IsPublic(node) && node switch
    {
        PropertyDeclarationSyntax property => property.AccessorList?.Accessors.Any(accessor =>
            accessor.IsKind(SyntaxKind.SetAccessorDeclaration) && !accessor.Modifiers.Any(SyntaxKind.PrivateKeyword)) == true,
        FieldDeclarationSyntax field =>
            !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) && !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        _ => false,
    };

    /// <summary>False for constants, statics and computed properties: they don't travel.</summary>
    private static bool StoresValue(SyntaxNode node) => node switch
    {
        PropertyDeclarationSyntax property => property.AccessorList is not null && !property.Modifiers.Any(SyntaxKind.StaticKeyword),
        FieldDeclarationSyntax field => !field.Modifiers.Any(SyntaxKind.StaticKeyword) && !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        _ => true,
    };

    private static bool IsMutableCollection(TypeSyntax type) =>
        type is ArrayTypeSyntax
        || type.DescendantNodesAndSelf().Any(part =>
            part is ArrayTypeSyntax || (part is GenericNameSyntax name && MutableCollections.Contains(name.Identifier.ValueText)));

    private static AttributeSyntax? Attribute(SyntaxList<AttributeListSyntax> lists, string name) => lists
        .SelectMany(list => list.Attributes)
        .FirstOrDefault(attribute => attribute.Name.ToString().Split('.')[^1] is var found
            && (found == name || found == name + "Attribute"));

    private static string? ArgumentOf(AttributeSyntax? attribute) =>
        attribute?.ArgumentList?.Arguments.FirstOrDefault()?.Expression.ToString();
}
