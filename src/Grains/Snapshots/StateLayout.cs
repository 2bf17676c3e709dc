using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace BtcAgent.Grains.Snapshots;

/// <summary>The fields of a type and a hash of their names and types: an image of another layout is not read.</summary>
internal sealed class StateLayout
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private static readonly ConditionalWeakTable<Type, StateLayout> Known = [];

    private StateLayout(Type type)
    {
        var fields = new List<FieldInfo>();
        for (var t = type; t is not null && t != typeof(object) && t != typeof(ValueType); t = t.BaseType)
        {
            fields.AddRange(t.GetFields(Own));
        }

        Fields = [.. fields.OrderBy(field => field.DeclaringType!.FullName, StringComparer.Ordinal).ThenBy(field => field.Name, StringComparer.Ordinal)];
        Hash = FnvOffset;
        foreach (var field in Fields)
        {
            foreach (var b in Encoding.UTF8.GetBytes($"{field.DeclaringType}.{field.Name}:{field.FieldType};"))
            {
                Hash = (Hash ^ b) * FnvPrime;
            }
        }
    }

    public FieldInfo[] Fields { get; }

    public ulong Hash { get; }

    public static StateLayout Of(Type type) => Known.GetValue(type, t => new StateLayout(t));
}
