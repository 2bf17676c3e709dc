namespace BtcAgent.Chaos.Tests.Soak;

/// <summary>What the agent holds at one instant.</summary>
/// <param name="Minute">Since the pages were opened.</param>
/// <param name="HeapMiB">Live objects after a whole collection, without the gaps between them.</param>
/// <param name="CommittedMiB">What the collector has taken from the machine.</param>
/// <param name="ResidentMiB">Of the process, shared pages included.</param>
/// <param name="PrivateMiB">Of the process, its own pages.</param>
/// <param name="Threads">Of the process.</param>
/// <param name="Handles">Open files and sockets.</param>
/// <param name="MetricLines">Lines of <c>/metrics</c>.</param>
/// <param name="Answers">Of all pages so far.</param>
/// <param name="Failures">Answers that were no success, so far.</param>
/// <param name="Decisions">Made so far.</param>
internal sealed record SoakSample(
    double Minute,
    double HeapMiB,
    double CommittedMiB,
    double ResidentMiB,
    double PrivateMiB,
    int Threads,
    int Handles,
    int MetricLines,
    long Answers,
    long Failures,
    long Decisions);
