namespace BtcAgent.Contracts.Health;

/// <summary>Reports whether this process can store its state.</summary>
public interface IStoreCondition
{
    /// <summary>Why it cannot, with the remedy; null when it can.</summary>
    string? Problem { get; }
}
