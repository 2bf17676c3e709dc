namespace BtcAgent.Contracts.Trading;

/// <summary>This process's latency figures.</summary>
public interface ILatencyBoard
{
    void Record(LatencyStage stage, TimeSpan elapsed);

    IReadOnlyList<LatencyPercentiles> Read();
}
