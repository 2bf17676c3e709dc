using BtcAgent.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>A grain keeps the order of its messages, and its state under a name no other grain uses.</summary>
public static class GrainShells
{
    private const string NamesClass = "GrainStateNames";

    /// <summary>The only name that does not belong to a state: the storage provider's.</summary>
    private const string ProviderName = "Provider";

    public static IEnumerable<string> Check(IReadOnlyCollection<SourceFile> grains)
    {
        foreach (var file in grains)
        {
            foreach (var attribute in Attributes(file, "StatelessWorker"))
            {
                yield return file.At(attribute, "[StatelessWorker] loses the order of messages");
            }
        }

        var names = StateNames(grains);
        foreach (var same in names.GroupBy(name => name.Value).Where(group => group.Count() > 1))
        {
            yield return $"state name {same.Key} is used twice: {string.Join(", ", same.Select(name => name.Name))}";
        }

        var uses = grains.SelectMany(file => Attributes(file, "PersistentState").Select(attribute => (file, attribute))).ToList();
        foreach (var (name, _) in names)
        {
            var count = uses.Count(use => StateOf(use.attribute) == $"{NamesClass}.{name}");
            if (count != 1)
            {
                yield return $"{NamesClass}.{name} is the name of {count} states, not of one";
            }
        }

        foreach (var (file, attribute) in uses.Where(use => names.All(name => StateOf(use.attribute) != $"{NamesClass}.{name.Name}")))
        {
            yield return file.At(attribute, $"state name {StateOf(attribute)} is not one of {NamesClass}");
        }
    }

    private static List<(string Name, string Value)> StateNames(IEnumerable<SourceFile> grains) =>
    [
        .. grains.SelectMany(file => file.Root.DescendantNodes())
            .OfType<ClassDeclarationSyntax>().Where(type => type.Identifier.ValueText == NamesClass)
            .SelectMany(type => type.Members).OfType<FieldDeclarationSyntax>()
            .SelectMany(field => field.Declaration.Variables)
            .Where(variable => variable.Identifier.ValueText != ProviderName)
            .Select(variable => (variable.Identifier.ValueText, variable.Initializer!.Value.ToString())),
    ];

    private static IEnumerable<AttributeSyntax> Attributes(SourceFile file, string name) => file.Root.DescendantNodes()
        .OfType<AttributeSyntax>().Where(attribute => attribute.Name.ToString().Split('.')[^1] is var found
            && (found == name || found == name + "Attribute"));

    private static string StateOf(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression.ToString() ?? "";
}
