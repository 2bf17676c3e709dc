using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BtcAgent.Research.Optimization.Spaces;

/// <summary>The parameters of a search in their declared order. Format: <c>docs/optimizer.md</c>.</summary>
public sealed class SearchSpace
{
    /// <summary>Most parameters of a space.</summary>
    public const int ParametersMax = 100;

    private string? _json;
    private string? _hash;

    /// <param name="parameters">1…100 with distinct names; a condition names a parameter before its own.</param>
    /// <exception cref="SearchSpaceException">Parameters as above are missing, the message says which.</exception>
    public SearchSpace(params IEnumerable<SearchParameter> parameters)
    {
        Parameters = [.. parameters];
        if (Parameters.Length is < 1 or > ParametersMax)
        {
            throw new SearchSpaceException($"a search space has 1 to {ParametersMax} parameters, not {Parameters.Length}");
        }

        for (var i = 0; i < Parameters.Length; i++)
        {
            Check(Parameters[i], Parameters.AsSpan(0, i));
        }
    }

    /// <summary>In declared order.</summary>
    public ImmutableArray<SearchParameter> Parameters { get; }

    /// <summary>SHA-256 of <see cref="ToJson"/>, 64 lower-case hexadecimal digits.</summary>
    public string Hash => _hash ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));

    /// <summary>Reads a space from JSON; comments and trailing commas are allowed.</summary>
    /// <exception cref="SearchSpaceException">The text is not JSON of this format; the message names the parameter.</exception>
    public static SearchSpace Parse(string json) => SearchSpaceJson.Parse(json);

    /// <exception cref="KeyNotFoundException">The space has no such parameter.</exception>
    public SearchParameter this[string name] => Parameters.FirstOrDefault(p => p.Name == name)
        ?? throw new KeyNotFoundException($"the space has no parameter '{name}'");

    /// <summary>True if the parameter is in points that have the same values of the parameters before it.</summary>
    public static bool IsActive(SearchParameter parameter, ParameterPoint point) => parameter.Condition?.Holds(point) ?? true;

    /// <summary>The parameters that a point of this space must have, in declared order.</summary>
    public IEnumerable<SearchParameter> Active(ParameterPoint point) => Parameters.Where(p => IsActive(p, point));

    /// <summary>Chooses a value of each active parameter, in declared order, and so decides which later ones are active.</summary>
    public ParameterPoint Choose(Func<SearchParameter, ParameterValue> choose)
    {
        var point = ParameterPoint.Empty;
        foreach (var parameter in Parameters)
        {
            if (IsActive(parameter, point))
            {
                point = point.With(parameter.Name, choose(parameter));
            }
        }

        return point;
    }

    /// <summary>Checks that a point has exactly the active parameters, each within its range.</summary>
    /// <exception cref="SearchSpaceException">It does not; the message names the parameter.</exception>
    public void Check(ParameterPoint point)
    {
        var active = Active(point).ToList();
        if (active.FirstOrDefault(p => !point.TryGet(p.Name, out var value) || !p.Contains(value)) is { } wrong)
        {
            throw new SearchSpaceException($"'{wrong.Name}' is missing from the point {point}, or out of its range");
        }

        if (point.Values.Keys.Except(active.Select(p => p.Name)).FirstOrDefault() is { } extra)
        {
            throw new SearchSpaceException($"'{extra}' of the point {point} is not in the space, or inactive there");
        }
    }

    /// <summary>Reads a point that <see cref="ParameterPoint.ToString"/> wrote, and checks it.</summary>
    /// <exception cref="SearchSpaceException">It is not a point of this space.</exception>
    public ParameterPoint ReadPoint(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new SearchSpaceException($"a point is a JSON object, not {json.ValueKind}");
        }

        var point = ParameterPoint.Empty;
        foreach (var property in json.EnumerateObject())
        {
            var value = Parameters.FirstOrDefault(p => p.Name == property.Name)?.Read(property.Value)
                ?? throw new SearchSpaceException($"'{property.Name}' is not in the space, or of another type");
            point = point.With(property.Name, value);
        }

        Check(point);
        return point;
    }

    /// <summary>The space in the format that <see cref="Parse"/> reads: indented, every field written.</summary>
    public string ToJson() => _json ??= SearchSpaceJson.Write(this);

    private static void Check(SearchParameter parameter, ReadOnlySpan<SearchParameter> before)
    {
        SearchParameter? parent = null;
        foreach (var earlier in before)
        {
            if (earlier.Name == parameter.Name)
            {
                throw new SearchSpaceException($"'{parameter.Name}' occurs twice in the space");
            }

            parent = earlier.Name == parameter.Condition?.Parameter ? earlier : parent;
        }

        if (parameter.Condition is not { } condition)
        {
            return;
        }

        if (parent is null)
        {
            throw new SearchSpaceException(
                $"'{parameter.Name}' depends on '{condition.Parameter}', which must be a parameter declared before it");
        }

        if (condition.Values.Where(value => !parent.Contains(value)).Select(value => value.ToString()).FirstOrDefault() is { } impossible)
        {
            throw new SearchSpaceException($"'{parameter.Name}' depends on '{parent.Name}' being {impossible}, which it never is");
        }
    }
}
