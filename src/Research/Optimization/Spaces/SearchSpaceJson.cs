using System.Text;
using System.Text.Json;

namespace BtcAgent.Research.Optimization.Spaces;

/// <summary>Reads and writes search spaces as JSON.</summary>
internal static class SearchSpaceJson
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    internal static SearchSpace Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("parameters", out var list)
                || list.ValueKind != JsonValueKind.Array)
            {
                throw new SearchSpaceException("a search space is a JSON object with an array 'parameters'");
            }

            OnlyFields(root, "the space", ["parameters"]);
            var parameters = new List<SearchParameter>();
            foreach (var item in list.EnumerateArray())
            {
                parameters.Add(Parameter(item, parameters));
            }

            return new SearchSpace(parameters);
        }
        catch (JsonException e)
        {
            throw new SearchSpaceException($"the search space is not JSON: {e.Message}", e);
        }
    }

    internal static string Write(SearchSpace space)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartArray("parameters");
            foreach (var parameter in space.Parameters)
            {
                json.WriteStartObject();
                json.WriteString("name", parameter.Name);
                parameter.WriteTo(json);
                WriteCondition(json, parameter.Condition);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static void WriteCondition(Utf8JsonWriter json, ParameterCondition? condition)
    {
        if (condition is null)
        {
            return;
        }

        json.WriteStartObject("when");
        json.WriteString("parameter", condition.Parameter);
        json.WriteStartArray("is");
        foreach (var value in condition.Values)
        {
            value.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static SearchParameter Parameter(JsonElement json, List<SearchParameter> before)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("name", out var field) || field.ValueKind != JsonValueKind.String)
        {
            throw new SearchSpaceException($"parameter {before.Count + 1} must be an object with a string 'name'");
        }

        var name = field.GetString()!;
        var type = json.TryGetProperty("type", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        try
        {
            var condition = Condition(json, name, before);
            switch (type)
            {
                case "integer":
                    OnlyFields(json, $"'{name}'", ["name", "type", "low", "high", "step", "log", "when"]);
                    return new IntegerParameter(
                        name, Integer(json, name, "low"), Integer(json, name, "high"), Integer(json, name, "step", 1), Flag(json, name, "log"), condition);
                case "number":
                    OnlyFields(json, $"'{name}'", ["name", "type", "low", "high", "log", "when"]);
                    return new NumberParameter(name, Number(json, name, "low"), Number(json, name, "high"), Flag(json, name, "log"), condition);
                case "choice":
                    OnlyFields(json, $"'{name}'", ["name", "type", "values", "when"]);
                    return new ChoiceParameter(name, Names(json, name), condition);
                default:
                    throw new SearchSpaceException($"'{name}': type must be integer, number or choice, not {type ?? "missing"}");
            }
        }
        catch (ArgumentException e)
        {
            throw new SearchSpaceException(e.Message, e);
        }
    }

    private static ParameterCondition? Condition(JsonElement json, string name, List<SearchParameter> before)
    {
        if (!json.TryGetProperty("when", out var when))
        {
            return null;
        }

        if (when.ValueKind != JsonValueKind.Object || !when.TryGetProperty("parameter", out var parent) || parent.ValueKind != JsonValueKind.String
            || !when.TryGetProperty("is", out var values) || values.ValueKind != JsonValueKind.Array)
        {
            throw new SearchSpaceException($"'{name}': when must be an object with a string 'parameter' and an array 'is'");
        }

        OnlyFields(when, $"'when' of '{name}'", ["parameter", "is"]);
        var other = before.FirstOrDefault(p => p.Name == parent.GetString())
            ?? throw new SearchSpaceException($"'{name}' depends on '{parent.GetString()}', which must be a parameter declared before it");
        return new ParameterCondition(other.Name, values.EnumerateArray().Select(value => other.Read(value)
            ?? throw new SearchSpaceException($"'{name}' depends on '{other.Name}' being {value}, which it never is")));
    }

    private static void OnlyFields(JsonElement json, string owner, string[] known)
    {
        if (json.EnumerateObject().Select(p => p.Name).FirstOrDefault(p => !known.Contains(p)) is { } unknown)
        {
            throw new SearchSpaceException($"{owner} has an unknown field '{unknown}'; it may have {string.Join(", ", known)}");
        }
    }

    private static long Integer(JsonElement json, string name, string field, long? otherwise = null) =>
        !json.TryGetProperty(field, out var value) && otherwise is { } missing ? missing
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : throw new SearchSpaceException($"'{name}': {field} must be a whole number");

    private static double Number(JsonElement json, string name, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            ? number
            : throw new SearchSpaceException($"'{name}': {field} must be a number");

    private static bool Flag(JsonElement json, string name, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new SearchSpaceException($"'{name}': {field} must be true or false"),
        };

    private static IEnumerable<string> Names(JsonElement json, string name) =>
        json.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array
            && values.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String)
            ? values.EnumerateArray().Select(value => value.GetString()!)
            : throw new SearchSpaceException($"'{name}': values must be an array of strings");
}
