using Mono.Cecil;
using Mono.Cecil.Cil;

namespace BtcAgent.Architecture.Tests.Sources;

/// <summary>
/// One project's built code, and which of its types uses which. Constants and <c>nameof</c> leave no trace in it, and neither do the
/// arguments of attributes without loading what they refer to; <see cref="ProjectSources"/> has those.
/// </summary>
public static class ProjectAssembly
{
    /// <summary>Orleans, LoggerMessage and others generate code in namespaces that are not ours.</summary>
    private const string Ours = "BtcAgent.";

    /// <summary>Every assembly of <c>src</c>, by the name of its project.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = File
        .ReadAllLines(Path.Combine(AppContext.BaseDirectory, "assemblies.txt"))
        .ToDictionary(ProjectOf);

    public static List<TypeArrow> Arrows(string path)
    {
        using var file = File.OpenRead(path);
        return Arrows(file);
    }

    public static List<TypeArrow> Arrows(Stream assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        var arrows = new HashSet<TypeArrow>();
        foreach (var type in module.GetTypes())
        {
            var user = Outermost(type);
            foreach (var used in Uses(type).SelectMany(Parts).Select(Outermost))
            {
                if (used.Scope == module && IsOurs(user) && IsOurs(used) && user.Namespace != used.Namespace)
                {
                    arrows.Add(new TypeArrow(user.Namespace, user.Name, used.Namespace, used.Name));
                }
            }
        }

        return [.. arrows];
    }

    private static string ProjectOf(string path) => Path.GetRelativePath(Path.Combine(Repository.Root, "src"), path).Split(Path.DirectorySeparatorChar)[0];

    private static bool IsOurs(TypeReference type) => $"{type.Namespace}.".StartsWith(Ours, StringComparison.Ordinal);

    private static IEnumerable<TypeReference?> Uses(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(port => port.InterfaceType),
        .. AttributesOf(type),
        .. type.GenericParameters.SelectMany(ConstraintsOf),
        .. type.Fields.SelectMany(field => AttributesOf(field).Prepend(field.FieldType)),
        .. type.Properties.SelectMany(property => AttributesOf(property).Prepend(property.PropertyType)),
        .. type.Events.Select(@event => @event.EventType),
        .. type.Methods.SelectMany(Uses),
    ];

    private static IEnumerable<TypeReference?> Uses(MethodDefinition method) =>
    [
        .. Signature(method),
        .. AttributesOf(method),
        .. method.Parameters.SelectMany(AttributesOf),
        .. method.GenericParameters.SelectMany(ConstraintsOf),
        .. method.Overrides.SelectMany(Signature),
        .. method.HasBody ? Uses(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> Uses(MethodBody body) =>
    [
        .. body.Variables.Select(variable => variable.VariableType),
        .. body.ExceptionHandlers.Select(handler => handler.CatchType),
        .. body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            MethodReference method => Signature(method),
            FieldReference field => [field.DeclaringType, field.FieldType],
            TypeReference type => [type],
            _ => [],
        }),
    ];

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
    [
        method.DeclaringType,
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
    ];

    private static IEnumerable<TypeReference> AttributesOf(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.Select(attribute => attribute.AttributeType);

    private static IEnumerable<TypeReference> ConstraintsOf(GenericParameter parameter) =>
        parameter.Constraints.Select(constraint => constraint.ConstraintType);

    /// <summary>The type itself and what it is made of: <c>List&lt;A[]&gt;</c> is a list and an A.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
        IModifierType modifier => Parts(modifier.ModifierType).Concat(Parts(modifier.ElementType)),
        FunctionPointerType pointer => pointer.Parameters.SelectMany(parameter => Parts(parameter.ParameterType)).Concat(Parts(pointer.ReturnType)),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
