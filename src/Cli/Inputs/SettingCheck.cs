using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace BtcAgent.Cli.Inputs;

/// <summary>Says in one line what is wrong with a setting: its name, its value and what it takes.</summary>
internal static class SettingCheck
{
    /// <summary>Returns a sentence for each property of the options that is out of its range.</summary>
    public static IEnumerable<string> RangeProblems(object options) =>
        from property in options.GetType().GetProperties()
        let range = property.GetCustomAttribute<RangeAttribute>()
        where range?.IsValid(property.GetValue(options)) == false
        select string.Create(
            CultureInfo.InvariantCulture, $"{property.Name} is {property.GetValue(options)}: the range is {range.Minimum} to {range.Maximum}");

    /// <summary>Why a text cannot be the value of a property; null if it can.</summary>
    /// <param name="options">The options.</param>
    /// <param name="name">Name of the property, in any case.</param>
    /// <param name="text">The value.</param>
    public static string? Problem(object options, string name, string text)
    {
        var properties = options.GetType().GetProperties().Where(p => p.CanWrite).ToList();
        if (properties.Find(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } property)
        {
            return $"there is no setting '{name}'; there are {string.Join(", ", properties.Select(p => p.Name))}";
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return CanRead(type, text) ? null : $"{property.Name} is '{text}': expected {Wanted(type)}";
    }

    private static bool CanRead(Type type, string text)
    {
        try
        {
            return TypeDescriptor.GetConverter(type) is not { } converter || !converter.CanConvertFrom(typeof(string))
                || converter.ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Wanted(Type type) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        var flag when flag == typeof(bool) => "true or false",
        var whole when whole == typeof(int) || whole == typeof(long) => "a whole number",
        var span when span == typeof(TimeSpan) => "a time such as 00:00:30",
        _ => "a number",
    };
}
