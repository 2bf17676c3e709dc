namespace BtcAgent.History;

/// <summary>Which facts are kept: section <c>History</c>.</summary>
public sealed class HistoryOptions
{
    public const string Section = "History";

    /// <summary>Keeps facts. Default true; false keeps the decisions only, for the journal.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Keeps the facts of replays of tapes too, of one instrument. Default false. The same replay again changes nothing.</summary>
    public bool Replays { get; set; }
}
