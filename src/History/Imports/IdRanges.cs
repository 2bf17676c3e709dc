namespace BtcAgent.History.Imports;

/// <summary>A set of ids, as ranges: ids that follow each other take no memory.</summary>
public sealed class IdRanges
{
    private readonly List<(long First, long Last)> _ranges = [];

    /// <summary>Number of ranges.</summary>
    public int Count => _ranges.Count;

    /// <summary>Adds the ids of a row.</summary>
    /// <returns>False, and nothing is added, when it has one of them already.</returns>
    public bool Add(long first, long last)
    {
        // Rows are in order, as a rule.
        var at = _ranges.Count == 0 || first > _ranges[^1].Last ? _ranges.Count : FindAfter(first);
        if ((at > 0 && _ranges[at - 1].Last >= first) || (at < _ranges.Count && _ranges[at].First <= last))
        {
            return false;
        }

        var joinsBefore = at > 0 && _ranges[at - 1].Last == first - 1;
        var joinsAfter = at < _ranges.Count && _ranges[at].First == last + 1;
        if (joinsBefore)
        {
            _ranges[at - 1] = (_ranges[at - 1].First, joinsAfter ? _ranges[at].Last : last);
            if (joinsAfter)
            {
                _ranges.RemoveAt(at);
            }
        }
        else if (joinsAfter)
        {
            _ranges[at] = (first, _ranges[at].Last);
        }
        else
        {
            _ranges.Insert(at, (first, last));
        }

        return true;
    }

    /// <summary>True when one of the ids is in the set.</summary>
    public bool Overlaps(long first, long last)
    {
        var at = FindAfter(first);
        return (at > 0 && _ranges[at - 1].Last >= first) || (at < _ranges.Count && _ranges[at].First <= last);
    }

    /// <summary>Index of the first range that begins after an id.</summary>
    private int FindAfter(long id)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _ranges[middle].First > id ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
