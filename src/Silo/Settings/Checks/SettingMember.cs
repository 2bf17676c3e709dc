using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace BtcAgent.Silo.Settings.Checks;

/// <summary>One key of a section.</summary>
/// <param name="Name">Last part of the key.</param>
/// <param name="Type">What stands there.</param>
/// <param name="Rules">What its value has to satisfy beside the type.</param>
internal readonly record struct SettingMember(string Name, Type Type, ImmutableArray<ValidationAttribute> Rules)
{
    public static SettingMember Of(PropertyInfo property) =>
        new(property.Name, property.PropertyType, [.. property.GetCustomAttributes<ValidationAttribute>()]);

    /// <summary>What the value has to be instead; null when it will do.</summary>
    public string? Problem(object? value)
    {
        foreach (var rule in Rules.IsDefault ? [] : Rules)
        {
            if (!rule.IsValid(value))
            {
                return rule is RangeAttribute range
                    ? string.Create(CultureInfo.InvariantCulture, $"it takes {range.Minimum}…{range.Maximum}")
                    : rule.FormatErrorMessage(Name);
            }
        }

        return null;
    }
}
