using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace BtcAgent.History.Queries;

/// <summary>Writes values of rows as JSON and CSV: all digits of decimals, times in UTC.</summary>
public static class RowText
{
    /// <summary>Writes a row as an object.</summary>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<string> names, object?[] row)
    {
        json.WriteStartObject();
        for (var i = 0; i < names.Count; i++)
        {
            json.WritePropertyName(names[i]);
            WriteJson(json, row[i]);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a header and rows, as RFC 4180 defines it.</summary>
    public static void WriteCsv(TextWriter csv, IReadOnlyList<string> names, IEnumerable<object?[]> rows)
    {
        csv.Write(string.Join(',', names.Select(Field)));
        csv.Write("\r\n");
        foreach (var row in rows)
        {
            csv.Write(string.Join(',', row.Select(value => Field(Of(value)))));
            csv.Write("\r\n");
        }
    }

    /// <summary>A value as text; empty for none.</summary>
    public static string Of(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IList list => $"[{string.Join(", ", list.Cast<object?>().Select(Of))}]",
        _ => value.ToString() ?? "",
    };

    /// <summary>Writes a value; null for what JSON has no number for.</summary>
    public static void WriteJson(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null or float.NaN or double.NaN:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case decimal or BigInteger or long or int or short or sbyte or byte or ushort or uint or ulong:
                json.WriteRawValue(Of(value));
                break;
            case double real when double.IsFinite(real):
                json.WriteNumberValue(real);
                break;
            case float single when float.IsFinite(single):
                json.WriteNumberValue(single);
                break;
            case IList list:
                json.WriteStartArray();
                foreach (var item in list)
                {
                    WriteJson(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(Of(value));
                break;
        }
    }

    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
