namespace BtcAgent.Domain.Facts;

/// <summary>Latencies of one stage on one node in a window of time, in milliseconds.</summary>
public sealed record LatencyFact(
    string Node, string Stage, Timestamp WindowEnd, TimeSpan Window, long Count, double P50Ms, double P99Ms, double MaxMs) : Fact
{
    public override FactTopic Topic => FactTopic.Latency;

    public override string Key => Node;

    public override Timestamp Time => WindowEnd;
}
