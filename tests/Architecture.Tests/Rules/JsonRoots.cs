using Mono.Cecil;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>The types that built code hands to the JSON serializer, or prints as a command's answer.</summary>
public static class JsonRoots
{
    /// <summary>Full names; of our own types only, without generic parameters. A type without a name goes by the class that writes it.</summary>
    public static IEnumerable<string> Of(Stream assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        var calls =
            from type in module.GetTypes()
            from method in type.Methods
            where method.HasBody
            from instruction in method.Body.Instructions
            let call = instruction.Operand as GenericInstanceMethod
            where call is not null && IsSerialization(call)
            let root = call.GenericArguments[0]
            where root is not GenericParameter && !root.Namespace.StartsWith("System", StringComparison.Ordinal)
            select root.FullName.StartsWith("<>", StringComparison.Ordinal) ? type.FullName : root.FullName;
        return [.. calls.Distinct()];
    }

    private static bool IsSerialization(GenericInstanceMethod call) =>
        (call.DeclaringType.FullName == "System.Text.Json.JsonSerializer" && (call.Name.StartsWith("Serialize", StringComparison.Ordinal)
            || call.Name.StartsWith("Deserialize", StringComparison.Ordinal)))
        || (call.DeclaringType.Name == "CommandOutput" && call.Name == "Result");
}
