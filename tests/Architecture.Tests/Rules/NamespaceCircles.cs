using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>Namespaces of one project form no circle, so each can be read after those that it uses; a parent and its child count, too.</summary>
public static class NamespaceCircles
{
    /// <summary>One finding for each circle: its namespaces, and a type for each arrow. The shortest through each namespace.</summary>
    /// <param name="arrows">Of one project.</param>
    public static IEnumerable<string> Check(IEnumerable<TypeArrow> arrows)
    {
        var examples = arrows.Where(arrow => arrow.From != arrow.To)
            .OrderBy(arrow => arrow.ToString(), StringComparer.Ordinal)
            .DistinctBy(arrow => (arrow.From, arrow.To))
            .ToLookup(arrow => arrow.From);
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in examples.Select(group => group.Key).Order(StringComparer.Ordinal))
        {
            if (!reported.Contains(start) && Shortest(start, examples) is { } circle)
            {
                reported.UnionWith(circle.Select(arrow => arrow.From));
                yield return $"a circle of {circle.Count} namespaces: {string.Join(", ", circle)}; move a type, or split one";
            }
        }
    }

    /// <summary>The shortest way from a namespace back to itself; null when there is none.</summary>
    private static List<TypeArrow>? Shortest(string start, ILookup<string, TypeArrow> arrows)
    {
        var cameBy = new Dictionary<string, TypeArrow>(StringComparer.Ordinal);
        var queue = new Queue<string>([start]);
        while (queue.TryDequeue(out var at) && !cameBy.ContainsKey(start))
        {
            foreach (var arrow in arrows[at].Where(arrow => cameBy.TryAdd(arrow.To, arrow)))
            {
                queue.Enqueue(arrow.To);
            }
        }

        if (!cameBy.TryGetValue(start, out var last))
        {
            return null;
        }

        var circle = new List<TypeArrow> { last };
        while (circle[^1].From != start)
        {
            circle.Add(cameBy[circle[^1].From]);
        }

        circle.Reverse();
        return circle;
    }
}
