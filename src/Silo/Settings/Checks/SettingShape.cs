using System.ComponentModel;
using System.Reflection;

namespace BtcAgent.Silo.Settings.Checks;

/// <summary>The shape that the configuration binder expects under one key: a value, a list, free names, or a section.</summary>
internal sealed class SettingShape
{
    private SettingShape(Type type, bool takesNull)
    {
        Type = type;
        TakesNull = takesNull;
    }

    public Type Type { get; }

    public bool TakesNull { get; }

    public bool IsValue { get; private init; }

    /// <summary>Type of the entries of a list or of free names; null for a section or a value.</summary>
    public Type? Entry { get; private init; }

    /// <summary>True when an entry's key is any name, false when it is an index.</summary>
    public bool HasFreeNames { get; private init; }

    public static SettingShape Of(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var takesNull = !declared.IsValueType || type != declared;
        if (TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
        {
            return new(type, takesNull) { IsValue = true };
        }

        if (Implemented(type, typeof(IDictionary<,>)) is { } dictionary)
        {
            return new(type, takesNull) { Entry = dictionary.GetGenericArguments()[1], HasFreeNames = true };
        }

        return Implemented(type, typeof(IEnumerable<>)) is { } list
            ? new(type, takesNull) { Entry = list.GetGenericArguments()[0] }
            : new(type, takesNull);
    }

    /// <summary>The settings of a section, without properties computed from others.</summary>
    public IEnumerable<SettingMember> Members => Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0 && (property.SetMethod is { IsPublic: true } || !Of(property.PropertyType).IsValue))
        .Select(SettingMember.Of);

    /// <summary>Returns why this text is not a valid value; null when it is valid, with the result in <paramref
    /// name="value"/>.</summary>
    public string? Problem(string? text, out object? value)
    {
        value = null;
        if (text is null || (text.Length == 0 && TakesNull && Type != typeof(string)))
        {
            return TakesNull ? null : $"{Name} is required";
        }

        try
        {
            value = TypeDescriptor.GetConverter(Type).ConvertFromInvariantString(text);
            return Type.IsEnum && !IsNamed(Type, value) ? $"{Name} is required" : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or NotSupportedException or InvalidCastException)
        {
            return $"{Name} is required";
        }
    }

    /// <summary>An enum is also read from any number, and from several names at once: only flags may have those.</summary>
    private static bool IsNamed(Type type, object? value) => type.IsDefined(typeof(FlagsAttribute), inherit: false) || (value is not null && Enum.IsDefined(type, value));

    private string Name => Type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(Type))}"
        : Type == typeof(bool) ? "true or false"
        : Type == typeof(int) || Type == typeof(long) || Type == typeof(short) || Type == typeof(byte) || Type == typeof(ulong)
            ? $"a whole number ({Type.GetField("MinValue")!.GetValue(null)}…{Type.GetField("MaxValue")!.GetValue(null)})"
        : Type == typeof(decimal) || Type == typeof(double) || Type == typeof(float) ? "a number, such as 0.5,"
        : $"a {Type.Name}";

    private static Type? Implemented(Type type, Type generic) => type.GetInterfaces().Append(type)
        .FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == generic);
}
