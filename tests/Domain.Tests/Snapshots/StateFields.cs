using System.Collections;
using System.Reflection;

namespace BtcAgent.Domain.Tests.Snapshots;

/// <summary>
/// Finds every field reachable from an object by reflection, so that a test detects a field that a class forgets to save.
/// </summary>
internal static class StateFields
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Settings, which both objects are given.</summary>
    private static readonly HashSet<string> Settings = ["FeatureSchema", "FeatureOptions", "InstrumentId"];

    /// <summary>
    /// Fields that are no state. Where a book's levels lie is a matter of speed: their content is saved, and compared by those
    /// who walk; the shape of a book is written before it is read, and a buffer's levels are those of its deltas, with room
    /// behind them.
    /// </summary>
    private static readonly HashSet<string> NoState =
    [
        "BookSide._window", "BookSide._outside", "BookSide._ahead", "BookSide._setOutside", "BookSide.<maxLevels>P",
        "BookShape._bids", "BookShape._asks", "DeltaBuffer._levels", "DeltaBuffer._levelCount",
    ];

    /// <summary>Path and value of every leaf, floating point by its bits.</summary>
    public static SortedDictionary<string, string> Read(object root)
    {
        var leaves = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Read(root.GetType().Name, root, leaves, new HashSet<object>(ReferenceEqualityComparer.Instance));
        return leaves;
    }

    /// <summary>
    /// Changes one field after the other, of each array the first element, and puts it back; fields that only a constructor sets
    /// are left alone.
    /// </summary>
    /// <param name="root">Object whose fields are changed.</param>
    /// <param name="changed">Called with the name of the field while it is changed.</param>
    /// <returns>The objects whose fields were visited.</returns>
    public static IReadOnlyCollection<object> ChangeEach(object root, Action<string> changed)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        ChangeEach(root, changed, seen);
        return seen;
    }

    private static void Read(string path, object? value, SortedDictionary<string, string> leaves, HashSet<object> seen)
    {
        if (Leaf(value) is { } text)
        {
            leaves.Add(path, text);
        }
        else if (!value!.GetType().IsValueType && !seen.Add(value))
        {
            leaves.Add(path, "seen");
        }
        else if (value is IEnumerable elements)
        {
            var i = 0;
            foreach (var element in elements)
            {
                Read($"{path}[{i++}]", element, leaves, seen);
            }

            leaves.Add($"{path}.Length", $"{i}");
        }
        else
        {
            foreach (var field in FieldsOf(value.GetType()))
            {
                Read($"{path}.{field.Name}", field.GetValue(value), leaves, seen);
            }
        }
    }

    private static void ChangeEach(object owner, Action<string> changed, HashSet<object> seen)
    {
        if (!seen.Add(owner))
        {
            return;
        }

        foreach (var field in FieldsOf(owner.GetType()))
        {
            var value = field.GetValue(owner);
            var name = $"{owner.GetType().Name}.{field.Name}";
            if (value is Array { Length: > 0 } array)
            {
                ChangeValue(array.GetValue(0)!, name, other => array.SetValue(other, 0), changed);
            }
            else if (value is not null && field.FieldType.IsValueType)
            {
                if (!field.IsInitOnly)
                {
                    ChangeValue(value, name, other => field.SetValue(owner, other), changed);
                }
            }
            else if (value is not null and not IEnumerable && Leaf(value) is null)
            {
                ChangeEach(value, changed, seen);
            }
        }
    }

    private static void ChangeValue(object value, string name, Action<object> set, Action<string> changed)
    {
        if (Other(value) is { } other)
        {
            set(other);
            changed(name);
            set(value);
            return;
        }

        foreach (var field in FieldsOf(value.GetType()))
        {
            if (field.GetValue(value) is not { } inner)
            {
                continue;
            }

            ChangeValue(
                inner,
                $"{name}.{field.Name}",
                replaced =>
                {
                    var copy = value;
                    field.SetValue(copy, replaced);
                    set(copy);
                },
                changed);
            field.SetValue(value, inner);
            set(value);
        }
    }

    /// <summary>Null for values that consist of other fields.</summary>
    private static object? Other(object value) => value switch
    {
        bool flag => !flag,
        byte number => (byte)(number ^ 1),
        int number => number > 0 ? number - 1 : number + 1,
        uint number => number ^ 1,
        long number => number > 0 ? number - 1 : number + 1,
        ulong number => number ^ 1,
        string text => $"{text}…",
        double number => double.IsNaN(number) ? 1.0 : double.BitIncrement(number),
        Enum => Enum.GetValues(value.GetType()).Cast<object>().First(each => !each.Equals(value)),
        _ => null,
    };

    private static string? Leaf(object? value) => value switch
    {
        null => "null",
        double number => $"{BitConverter.DoubleToInt64Bits(number):x16}",
        string or decimal or Enum => value.ToString(),
        _ => value.GetType().IsPrimitive ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)
            : Settings.Contains(value.GetType().Name) ? "a setting"
            : null,
    };

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var t = type; t is not null && t != typeof(object) && t != typeof(ValueType); t = t.BaseType)
        {
            foreach (var field in t.GetFields(Own).Where(field => !NoState.Contains($"{type.Name}.{field.Name}")))
            {
                yield return field;
            }
        }
    }
}
