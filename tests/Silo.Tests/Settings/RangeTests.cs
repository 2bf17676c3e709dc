using System.ComponentModel.DataAnnotations;
using System.Reflection;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Tests.Settings;

/// <summary>
/// A range of whole numbers on another type converts the value first: it throws on a large one and rounds a small one
/// into the range.
/// </summary>
public sealed class RangeTests
{
    [Fact]
    public void Ranges_OfEverySetting_AreOfItsType()
    {
        var ranges = typeof(AgentSettings).Assembly.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("BtcAgent.", StringComparison.Ordinal))
            .Select(Assembly.Load)
            .Append(typeof(AgentSettings).Assembly)
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(property => (Property: property, Range: property.GetCustomAttribute<RangeAttribute>()))
            .Where(setting => setting.Range is not null)
            .ToArray();
        Assert.NotEmpty(ranges);
        Assert.Empty(ranges
            .Where(setting => setting.Range!.OperandType == typeof(int) && !IsHeldByInt(setting.Property.PropertyType))
            .Select(setting => $"{setting.Property.DeclaringType}.{setting.Property.Name}"));
    }

    private static bool IsHeldByInt(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var value
        && (value == typeof(int) || value == typeof(short) || value == typeof(byte));
}
