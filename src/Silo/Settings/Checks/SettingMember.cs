using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace BtcAgent.Silo.Settings.Checks;

/// <summary>One key of a section.</summary>
/// <param name="Name">Last part of the key.</param>
/// <param name="Type">Type of its value.</param>
/// <param name="Rules">Rules on its value in addition to the type.</param>
internal readonly record struct SettingMember(string Name, Type Type, ImmutableArray<ValidationAttribute> Rules)
{
    public static SettingMember Of(PropertyInfo property) =>
        new(property.Name, property.PropertyType, [.. property.GetCustomAttributes<ValidationAttribute>()]);

    /// <summary>Returns what is expected of an invalid value; null when the value is valid.</summary>
    public string? Problem(object? value)
    {
        foreach (var rule in Rules.IsDefault ? [] : Rules)
        {
            if (!rule.IsValid(value))
            {
                return rule is RangeAttribute range
                    ? string.Create(CultureInfo.InvariantCulture, $"expected {range.Minimum}…{range.Maximum}")
                    : rule.FormatErrorMessage(Name);
            }
        }

        return null;
    }
}
