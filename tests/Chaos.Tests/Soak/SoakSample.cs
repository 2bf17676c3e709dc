namespace BtcAgent.Chaos.Tests.Soak;

/// <summary>The agent's resources at one instant.</summary>
/// <param name="Minute">Minutes since the pages were opened.</param>
/// <param name="HeapMiB">Live objects after a full collection, without the gaps between them.</param>
/// <param name="CommittedMiB">Memory committed by the collector.</param>
/// <param name="ResidentMiB">Resident memory of the process, shared pages included.</param>
/// <param name="PrivateMiB">Private memory of the process.</param>
/// <param name="Threads">Threads of the process.</param>
/// <param name="Handles">Open files and sockets.</param>
/// <param name="MetricLines">Lines of <c>/metrics</c>.</param>
/// <param name="Answers">Answers to all pages so far.</param>
/// <param name="Failures">Unsuccessful answers so far.</param>
/// <param name="Decisions">Decisions so far.</param>
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
