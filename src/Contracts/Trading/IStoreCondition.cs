namespace BtcAgent.Contracts.Trading;

/// <summary>Whether this process can store what it must not forget.</summary>
public interface IStoreCondition
{
    /// <summary>Why it cannot, and what to do; null when it can.</summary>
    string? Problem { get; }
}
