using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace BtcAgent.Testing;

/// <summary>
/// Makes one value of a type with every member set, always the same: what its serialized form looks like in full. Texts are the
/// names of their members, collections have one entry.
/// </summary>
/// <param name="known">Values of types that are not made of their members, such as prices and ids.</param>
public sealed class Specimen(params object[] known)
{
    private readonly Dictionary<Type, object> _known = known.Concat(
    [
        true, (byte)3, (sbyte)3, (short)3, (ushort)3, 7, 7u, 7_000_000_007L, 0x74ee_b1b1_7a1e_9f5eUL, 0.25f, 0.5, 1.25m, 'c',
        new DateTimeOffset(2026, 11, 29, 0, 0, 0, TimeSpan.Zero), new DateOnly(2026, 11, 29), TimeSpan.FromSeconds(90), new Version(1, 2, 3), new Uri("https://example.org/"),
    ]).ToDictionary(value => value.GetType());

    /// <exception cref="InvalidOperationException">A type of which one has to be given.</exception>
    public object Of(Type type) => Make(type, "text", []) ?? throw new InvalidOperationException($"{type} is made of itself");

    /// <summary>Null where the type is being made already.</summary>
    private object? Make(Type type, string name, ImmutableStack<Type> making)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Make(underlying, name, making);
        }

        if (_known.TryGetValue(type, out var value))
        {
            return value;
        }

        if (type == typeof(string))
        {
            return name;
        }

        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.Cast<object>().FirstOrDefault(each => Convert.ToInt64(each, null) != 0) ?? values.GetValue(0);
        }

        return Collection(type, name, making) ?? (making.Contains(type) ? null : Members(type, making.Push(type)));
    }

    private object? Collection(Type type, string name, ImmutableStack<Type> making)
    {
        if (type.IsArray)
        {
            return Filled(type.GetElementType()!);
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        var (generic, arguments) = (type.GetGenericTypeDefinition(), type.GetGenericArguments());
        if (generic == typeof(ImmutableArray<>))
        {
            return typeof(ImmutableArray).GetMethods()
                .First(m => m is { Name: nameof(ImmutableArray.Create), IsGenericMethod: true } && m.GetParameters() is [{ ParameterType.IsArray: true }])
                .MakeGenericMethod(arguments).Invoke(null, [Filled(arguments[0])]);
        }

        if (generic == typeof(ImmutableSortedSet<>) || generic == typeof(ImmutableHashSet<>) || generic == typeof(ImmutableList<>))
        {
            return type.GetMethod("Add", arguments)!.Invoke(type.GetField("Empty")!.GetValue(null), [Make(arguments[0], name, making)]);
        }

        if (generic == typeof(ImmutableSortedDictionary<,>) || generic == typeof(ImmutableDictionary<,>))
        {
            var empty = type.GetField("Empty")!.GetValue(null)!;
            return type.GetMethod("Add", arguments)!.Invoke(empty, [Make(arguments[0], "key", making), Make(arguments[1], name, making)]);
        }

        if (generic == typeof(Dictionary<,>) || generic == typeof(IReadOnlyDictionary<,>) || generic == typeof(IDictionary<,>))
        {
            var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
            dictionary.Add(Make(arguments[0], "key", making)!, Make(arguments[1], name, making));
            return dictionary;
        }

        return typeof(IEnumerable).IsAssignableFrom(type) && type.IsAssignableFrom(typeof(List<>).MakeGenericType(arguments))
            ? Activator.CreateInstance(typeof(List<>).MakeGenericType(arguments), [Filled(arguments[0])])
            : null;

        Array Filled(Type element)
        {
            var one = Make(element, name, making);
            var array = Array.CreateInstance(element, one is null && element.IsClass ? 0 : 1);
            if (array.Length > 0)
            {
                array.SetValue(one, 0);
            }

            return array;
        }
    }

    private object Members(Type type, ImmutableStack<Type> making)
    {
        if (type.IsAbstract || type.IsInterface)
        {
            throw new InvalidOperationException($"{type} cannot be made: give the specimen one");
        }

        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(each => each.GetParameters() is not [var only] || only.ParameterType != type)
            .OrderByDescending(each => each.IsPublic).ThenByDescending(each => each.GetParameters().Length).FirstOrDefault();
        var parameters = constructor?.GetParameters() ?? [];
        var made = constructor is null
            ? RuntimeHelpers.GetUninitializedObject(type)
            : constructor.Invoke([.. parameters.Select(p => Make(p.ParameterType, p.Name!, making))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0
                && !parameters.Any(p => p.Name!.Equals(property.Name, StringComparison.OrdinalIgnoreCase)))
            {
                property.SetValue(made, Make(property.PropertyType, char.ToLowerInvariant(property.Name[0]) + property.Name[1..], making));
            }
        }

        return made;
    }
}
