using Mono.Cecil;

namespace BtcAgent.Architecture.Tests.Sources;

/// <summary>
/// Which grain asks which, read from built code: a grain's method, all that it reaches in our assemblies (a call by an interface reaches each of
/// its implementations), and the grain interfaces that are called there. Work that a turn starts and does not await counts as well.
/// </summary>
public sealed class GrainCalls : IDisposable
{
    private readonly OneResolver _resolver = new();
    private readonly List<ModuleDefinition> _modules = [];
    private readonly List<TypeDefinition> _types;
    private readonly HashSet<ModuleDefinition> _ours;

    private GrainCalls(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            _modules.Add(_resolver.Read(path).MainModule);
        }

        _ours = [.. _modules];
        _types = [.. _modules.SelectMany(module => module.GetTypes())];
    }

    /// <param name="paths">Assemblies with grains, and those whose code they run.</param>
    public static List<GrainCall> Of(IEnumerable<string> paths)
    {
        using var calls = new GrainCalls(paths);
        return [.. calls._types.Where(type => type is { IsClass: true, IsAbstract: false }).SelectMany(calls.Of).Distinct()];
    }

    public void Dispose() => _resolver.Dispose();

    private static bool IsGrainInterface(TypeDefinition? type) =>
        type is { IsInterface: true } && type.Interfaces.Any(port => port.InterfaceType.FullName.StartsWith("Orleans.IGrainWith", StringComparison.Ordinal));

    private static bool IsOurs(TypeReference type) =>
        type.DeclaringType is { } outer ? IsOurs(outer) : type.GetElementType().Namespace.StartsWith("BtcAgent", StringComparison.Ordinal);

    private static GrainTurn TurnOf(MethodDefinition method) => new(
        method.DeclaringType.Name, method.Name, method.CustomAttributes.Any(mark => mark.AttributeType.Name == "AlwaysInterleaveAttribute"));

    private static bool Implements(MethodDefinition method, MethodDefinition port) =>
        method.Overrides.Any(named => named.Name == port.Name && named.DeclaringType.Name == port.DeclaringType.Name)
        || (method.Name == port.Name && method.Parameters.Count == port.Parameters.Count
            && method.Parameters.Zip(port.Parameters).All(pair => pair.First.ParameterType.Name == pair.Second.ParameterType.Name
                || pair.Second.ParameterType.ContainsGenericParameter));

    private IEnumerable<GrainCall> Of(TypeDefinition type)
    {
        if (type.Interfaces.Select(port => port.InterfaceType).Where(IsOurs).Select(port => port.Resolve()).FirstOrDefault(IsGrainInterface) is not { } port)
        {
            yield break;
        }

        foreach (var method in type.Methods.Where(method => method.IsVirtual))
        {
            var asked = port.Methods.FirstOrDefault(declared => Implements(method, declared));
            var from = asked is null ? new GrainTurn(port.Name, method.Name, Interleaves: false) : TurnOf(asked);
            foreach (var called in Reached(method))
            {
                yield return new GrainCall(from, TurnOf(called));
            }
        }
    }

    /// <summary>The methods of grain interfaces that are called on the way through our code.</summary>
    private IEnumerable<MethodDefinition> Reached(MethodDefinition start)
    {
        var seen = new HashSet<MethodDefinition> { start };
        var queue = new Queue<MethodDefinition>(seen);
        while (queue.TryDequeue(out var method))
        {
            foreach (var next in Next(method).Where(seen.Add))
            {
                if (IsGrainInterface(next.DeclaringType))
                {
                    yield return next;
                }
                else
                {
                    queue.Enqueue(next);
                }
            }
        }
    }

    private IEnumerable<MethodDefinition> Next(MethodDefinition method)
    {
        // An async method and an iterator keep their code in a class of the compiler's.
        foreach (var machine in method.CustomAttributes.Where(mark => mark.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal)))
        {
            foreach (var step in ((TypeReference)machine.ConstructorArguments[0].Value).Resolve().Methods)
            {
                yield return step;
            }
        }

        foreach (var called in method.HasBody ? method.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>() : [])
        {
            if (Definition(called) is { } definition)
            {
                yield return definition;
                foreach (var implementation in Implementations(definition))
                {
                    yield return implementation;
                }
            }
        }
    }

    private MethodDefinition? Definition(MethodReference called) =>
        IsOurs(called.DeclaringType) && called.Resolve() is { } definition && _ours.Contains(definition.Module) ? definition : null;

    private IEnumerable<MethodDefinition> Implementations(MethodDefinition definition) =>
        !definition.IsVirtual || IsGrainInterface(definition.DeclaringType)
            ? []
            : _types.Where(type => IsA(type, definition.DeclaringType)).SelectMany(type => type.Methods).Where(method => Implements(method, definition));

    private static bool IsA(TypeDefinition type, TypeDefinition wanted) =>
        type.Interfaces.Any(port => port.InterfaceType.GetElementType().FullName == wanted.FullName)
        || (type.BaseType is { } parent && (parent.GetElementType().FullName == wanted.FullName
            || (IsOurs(parent) && parent.Resolve() is { } resolved && IsA(resolved, wanted))));

    /// <summary>Reads each assembly once, so that a type has one definition.</summary>
    private sealed class OneResolver : DefaultAssemblyResolver
    {
        public AssemblyDefinition Read(string path)
        {
            AddSearchDirectory(Path.GetDirectoryName(path)!);
            var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = this });
            RegisterAssembly(assembly);
            return assembly;
        }
    }
}
