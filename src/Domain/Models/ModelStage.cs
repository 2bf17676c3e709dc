namespace BtcAgent.Domain.Models;

/// <summary>Where a model stands on its way to trading. Legal moves are in <see cref="ModelStages"/>.</summary>
public enum ModelStage : byte
{
    /// <summary>Registered: loads, passed its parity gate, is not scored.</summary>
    Candidate = 1,

    /// <summary>Scored on every sample beside the champion; never trades.</summary>
    Shadow = 2,

    /// <summary>A shadow chosen as the next champion; never trades yet.</summary>
    Canary = 3,

    /// <summary>The one model of its strategy that trades.</summary>
    Champion = 4,

    Retired = 5,
}
