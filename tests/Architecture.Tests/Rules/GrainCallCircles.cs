using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>
/// A grain that is busy with one request lets the next one wait, unless that one interleaves. So no request may lead, through whatever grains,
/// to one that has to wait for it.
/// </summary>
public static class GrainCallCircles
{
    public static IEnumerable<string> Check(IReadOnlyCollection<GrainCall> calls)
    {
        var from = calls.ToLookup(call => call.From);
        foreach (var start in calls.Select(call => call.From).Distinct().Where(turn => !turn.Interleaves).OrderBy(turn => turn.ToString(), StringComparer.Ordinal))
        {
            if (WayBack(start, from) is { } way)
            {
                yield return $"{start} waits for itself: {string.Join(", ", way)}; let the last one interleave, or do it after the turn";
            }
        }
    }

    private static List<GrainCall>? WayBack(GrainTurn start, ILookup<GrainTurn, GrainCall> from)
    {
        var cameBy = new Dictionary<GrainTurn, GrainCall>();
        var queue = new Queue<GrainTurn>([start]);
        while (queue.TryDequeue(out var at))
        {
            foreach (var call in from[at].Where(call => cameBy.TryAdd(call.To, call)))
            {
                if (call.To.Grain == start.Grain && !call.To.Interleaves)
                {
                    return Way(start, call, cameBy);
                }

                queue.Enqueue(call.To);
            }
        }

        return null;
    }

    private static List<GrainCall> Way(GrainTurn start, GrainCall last, Dictionary<GrainTurn, GrainCall> cameBy)
    {
        var way = new List<GrainCall> { last };
        while (way[^1].From != start)
        {
            way.Add(cameBy[way[^1].From]);
        }

        way.Reverse();
        return way;
    }
}
