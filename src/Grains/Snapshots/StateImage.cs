using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace BtcAgent.Grains.Snapshots;

/// <summary>
/// A byte image of an object of the trading core and of everything it holds, taken field by field, so that the core's
/// classes need not know how they are stored. It is read only by code whose classes have the same fields: after a
/// change of the core the image is refused and the state begins anew, never half right.
/// </summary>
/// <param name="given">Objects that both sides have and the image only refers to, such as options and schemas.</param>
internal sealed class StateImage(params object[] given)
{
    private const byte Null = 0;
    private const byte Known = 1;
    private const byte Given = 2;
    private const byte New = 3;
    private const int SealBytes = 8;
    private const int ElementsMax = 16_000_000;

    private static readonly MethodInfo WriteBlockMethod = typeof(StateImage).GetMethod(nameof(WriteBlock), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo ReadBlockMethod = typeof(StateImage).GetMethod(nameof(ReadBlock), BindingFlags.NonPublic | BindingFlags.Static)!;

    public byte[] Take(object root)
    {
        using var body = new MemoryStream();
        using (var packed = new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(packed))
        {
            WriteObject(writer, root, new Dictionary<object, int>(ReferenceEqualityComparer.Instance));
        }

        return Seal(body.ToArray());
    }

    /// <exception cref="FormatException">Damaged, or taken by code whose classes have other fields.</exception>
    public T Restore<T>(byte[] image)
        where T : class
    {
        if (image.Length < SealBytes || !Seal(image[SealBytes..]).AsSpan().SequenceEqual(image))
        {
            throw new FormatException("the image is damaged: its checksum is wrong");
        }

        using var packed = new BrotliStream(new MemoryStream(image, SealBytes, image.Length - SealBytes), CompressionMode.Decompress);
        using var reader = new BinaryReader(packed);
        return ReadObject(reader, []) as T ?? throw new FormatException($"the image holds no {typeof(T).Name}");
    }

    /// <summary>Puts a checksum before the bytes.</summary>
    internal static byte[] Seal(byte[] body) => [.. SHA256.HashData(body).AsSpan(0, SealBytes), .. body];

    private static bool IsBlock(Type type) =>
        type.IsValueType && !(bool)typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.IsReferenceOrContainsReferences))!
            .MakeGenericMethod(type).Invoke(null, null)!;

    private static void WriteBlock<T>(BinaryWriter writer, T[] values)
        where T : struct => writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));

    private static void ReadBlock<T>(BinaryReader reader, T[] values)
        where T : struct => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));

    private static Type TypeOf(string name)
    {
        var type = Type.GetType(name) ?? throw new FormatException($"the image holds a {name}, which this version does not know");
        var owner = type.Assembly.GetName().Name!;
        return owner.StartsWith("BtcAgent.", StringComparison.Ordinal) || owner.StartsWith("System.", StringComparison.Ordinal)
            ? type
            : throw new FormatException($"the image holds a {name}, which is no state");
    }

    private void WriteObject(BinaryWriter writer, object? value, Dictionary<object, int> seen)
    {
        if (value is null)
        {
            writer.Write(Null);
        }
        else if (seen.TryGetValue(value, out var id))
        {
            writer.Write(Known);
            writer.Write(id);
        }
        else if (Array.IndexOf(given, value) is >= 0 and var index)
        {
            writer.Write(Given);
            writer.Write(index);
        }
        else
        {
            seen.Add(value, seen.Count);
            writer.Write(New);
            var type = value.GetType();
            writer.Write($"{type.FullName}, {type.Assembly.GetName().Name}");
            if (value is string text)
            {
                writer.Write(text);
            }
            else if (value is Array array)
            {
                WriteArray(writer, array, seen);
            }
            else
            {
                writer.Write(StateLayout.Of(type).Hash);
                WriteFields(writer, value, seen);
            }
        }
    }

    private void WriteArray(BinaryWriter writer, Array array, Dictionary<object, int> seen)
    {
        var element = array.GetType().GetElementType()!;
        writer.Write(array.Length);
        if (IsBlock(element))
        {
            writer.Write(element.IsPrimitive ? 0 : StateLayout.Of(element).Hash);
            WriteBlockMethod.MakeGenericMethod(element).Invoke(null, [writer, array]);
            return;
        }

        foreach (var item in array)
        {
            WriteValue(writer, element, item, seen);
        }
    }

    private void WriteFields(BinaryWriter writer, object value, Dictionary<object, int> seen)
    {
        foreach (var field in StateLayout.Of(value.GetType()).Fields)
        {
            if (typeof(Delegate).IsAssignableFrom(field.FieldType))
            {
                throw new NotSupportedException($"{field.DeclaringType}.{field.Name} is a delegate: it cannot be stored");
            }

            WriteValue(writer, field.FieldType, field.GetValue(value), seen);
        }
    }

    private void WriteValue(BinaryWriter writer, Type type, object? value, Dictionary<object, int> seen)
    {
        if (!type.IsValueType)
        {
            WriteObject(writer, value, seen);
        }
        else if (type.IsPrimitive || type.IsEnum)
        {
            var one = Array.CreateInstance(type.IsEnum ? Enum.GetUnderlyingType(type) : type, 1);
            one.SetValue(type.IsEnum ? Convert.ChangeType(value, Enum.GetUnderlyingType(type), null) : value, 0);
            WriteBlockMethod.MakeGenericMethod(one.GetType().GetElementType()!).Invoke(null, [writer, one]);
        }
        else if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            writer.Write(value is not null);
            if (value is not null)
            {
                WriteValue(writer, inner, value, seen);
            }
        }
        else
        {
            writer.Write(StateLayout.Of(type).Hash);
            WriteFields(writer, value!, seen);
        }
    }

    private object? ReadObject(BinaryReader reader, List<object> seen)
    {
        switch (reader.ReadByte())
        {
            case Null:
                return null;
            case Known:
                return seen[reader.ReadInt32()];
            case Given:
                return given[reader.ReadInt32()];
            case New:
                var type = TypeOf(reader.ReadString());
                if (type == typeof(string))
                {
                    var text = reader.ReadString();
                    seen.Add(text);
                    return text;
                }

                if (type.IsArray)
                {
                    return ReadArray(reader, type.GetElementType()!, seen);
                }

                CheckLayout(reader, type);
                var value = RuntimeHelpers.GetUninitializedObject(type);
                seen.Add(value);
                ReadFields(reader, value, seen);
                return value;
            default:
                throw new FormatException("the image is damaged: no object starts here");
        }
    }

    private Array ReadArray(BinaryReader reader, Type element, List<object> seen)
    {
        var length = reader.ReadInt32();
        if (length is < 0 or > ElementsMax)
        {
            throw new FormatException($"the image is damaged: an array of {length}");
        }

        var array = Array.CreateInstance(element, length);
        seen.Add(array);
        if (IsBlock(element))
        {
            if (reader.ReadUInt64() != (element.IsPrimitive ? 0 : StateLayout.Of(element).Hash))
            {
                throw Changed(element);
            }

            ReadBlockMethod.MakeGenericMethod(element).Invoke(null, [reader, array]);
            return array;
        }

        for (var i = 0; i < length; i++)
        {
            array.SetValue(ReadValue(reader, element, seen), i);
        }

        return array;
    }

    private void ReadFields(BinaryReader reader, object value, List<object> seen)
    {
        foreach (var field in StateLayout.Of(value.GetType()).Fields)
        {
            field.SetValue(value, ReadValue(reader, field.FieldType, seen));
        }
    }

    private object? ReadValue(BinaryReader reader, Type type, List<object> seen)
    {
        if (!type.IsValueType)
        {
            return ReadObject(reader, seen);
        }

        if (type.IsPrimitive || type.IsEnum)
        {
            var one = Array.CreateInstance(type.IsEnum ? Enum.GetUnderlyingType(type) : type, 1);
            ReadBlockMethod.MakeGenericMethod(one.GetType().GetElementType()!).Invoke(null, [reader, one]);
            return type.IsEnum ? Enum.ToObject(type, one.GetValue(0)!) : one.GetValue(0);
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return reader.ReadBoolean() ? ReadValue(reader, inner, seen) : null;
        }

        CheckLayout(reader, type);
        var value = RuntimeHelpers.GetUninitializedObject(type);
        ReadFields(reader, value, seen);
        return value;
    }

    private static void CheckLayout(BinaryReader reader, Type type)
    {
        if (reader.ReadUInt64() != StateLayout.Of(type).Hash)
        {
            throw Changed(type);
        }
    }

    private static FormatException Changed(Type type) => new($"{type.Name} has other fields than when the image was taken");
}
