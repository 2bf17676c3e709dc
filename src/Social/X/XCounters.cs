namespace BtcAgent.Social.X;

/// <summary>Counts of a run, since its start.</summary>
public sealed record XCounters
{
    /// <summary>Posts that the sink accepted.</summary>
    public long Accepted { get; init; }

    /// <summary>Posts that had been read before, or were replaced by a later edit.</summary>
    public long Repeated { get; init; }

    /// <summary>Accepted posts that replace another.</summary>
    public long Edits { get; init; }

    /// <summary>Posts that X withholds in some country, refused.</summary>
    public long Withheld { get; init; }

    /// <summary>Posts that match only rules of other programs, ignored. X charges for them.</summary>
    public long Foreign { get; init; }

    /// <summary>Lines or posts that were not understood.</summary>
    public long Malformed { get; init; }

    /// <summary>Lines longer than allowed.</summary>
    public long TooLong { get; init; }

    /// <summary>Blank lines.</summary>
    public long KeepAlives { get; init; }

    /// <summary>Streams that ended after they had worked.</summary>
    public long Disconnects { get; init; }

    /// <summary>Notices of X before it disconnects.</summary>
    public long DisconnectNotices { get; init; }

    /// <summary>Connections to the stream, failed ones included.</summary>
    public long Connects { get; init; }

    /// <summary>Posts that a search found.</summary>
    public long FromSearch { get; init; }

    /// <summary>Searches that could not go back far enough: pages or budget ended.</summary>
    public long GapsCut { get; init; }

    /// <summary>Rules added, and rules deleted.</summary>
    public long RuleChanges { get; init; }

    /// <summary>Posts found deleted or withheld later.</summary>
    public long Removed { get; init; }
}
