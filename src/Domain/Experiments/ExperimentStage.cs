namespace BtcAgent.Domain.Experiments;

/// <summary>Stage of an experiment; the challenger's share of the risk budget grows with it.</summary>
public enum ExperimentStage : byte
{
    /// <summary>The challenger trades in a virtual ledger only.</summary>
    Shadow = 1,

    /// <summary>The challenger trades its share of the risk budget, with its loss limit.</summary>
    Canary = 2,

    /// <summary>The challenger has become champion and is watched; the former champion continues in its virtual ledger.</summary>
    Champion = 3,

    Ended = 4,
}
