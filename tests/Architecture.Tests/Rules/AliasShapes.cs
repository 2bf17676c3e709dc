using BtcAgent.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>What Orleans knows of the types that travel or rest: alias, and each member's number, type and name.</summary>
public static class AliasShapes
{
    /// <returns>By project, one block for each alias, in their order.</returns>
    public static SortedDictionary<string, string> Of(IEnumerable<SourceFile> files)
    {
        var shapes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var aliased =
            from file in files
            from type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            let alias = ArgumentOf(type.AttributeLists, "Alias")
            where alias is not null
            group (Alias: alias, Type: type) by file.Path.Split('/')[1];
        foreach (var project in aliased)
        {
            shapes[project.Key] = string.Concat(
                from each in project
                orderby each.Alias, each.Type.Identifier.ValueText
                select $"{each.Alias}\n{string.Concat(MembersOf(each.Type).OrderBy(m => m.Number).Select(m => $"{m.Number,4} {m.Shape}\n"))}");
        }

        return shapes;
    }

    private static IEnumerable<(int Number, string Shape)> MembersOf(BaseTypeDeclarationSyntax type)
    {
        if (type is EnumDeclarationSyntax choice)
        {
            // An enum without values of its own counts from zero.
            var next = 0;
            foreach (var member in choice.Members)
            {
                next = int.TryParse(member.EqualsValue?.Value.ToString(), out var given) ? given : next;
                yield return (next++, member.Identifier.ValueText);
            }

            yield break;
        }

        foreach (var node in type.DescendantNodes(child => child == type || child is not BaseTypeDeclarationSyntax))
        {
            var (attributes, shape) = node switch
            {
                ParameterSyntax parameter => (parameter.AttributeLists, $"{parameter.Identifier.ValueText}: {parameter.Type}"),
                PropertyDeclarationSyntax property => (property.AttributeLists, $"{property.Identifier.ValueText}: {property.Type}"),
                FieldDeclarationSyntax field =>
                    (field.AttributeLists, $"{field.Declaration.Variables[0].Identifier.ValueText}: {field.Declaration.Type}"),
                _ => (default, ""),
            };
            if (ArgumentOf(attributes, "Id") is { } id && int.TryParse(id, out var number))
            {
                yield return (number, shape);
            }
        }
    }

    private static string? ArgumentOf(SyntaxList<AttributeListSyntax> lists, string name) => lists
        .SelectMany(list => list.Attributes)
        .FirstOrDefault(attribute => attribute.Name.ToString().Split('.')[^1] is var found && (found == name || found == $"{name}Attribute"))
        ?.ArgumentList?.Arguments.FirstOrDefault()?.Expression.ToString().Trim('"');
}
