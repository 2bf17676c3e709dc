namespace BtcAgent.Domain.Models;

/// <summary>Stage of a model on its way to trading. <see cref="ModelStages"/> has the legal moves.</summary>
public enum ModelStage : byte
{
    /// <summary>Registered: it loads and has passed its conversion check, but is not scored.</summary>
    Candidate = 1,

    /// <summary>Scored on every sample in parallel with the champion; never trades.</summary>
    Shadow = 2,

    /// <summary>A shadow chosen as the next champion; trades in the canary portfolio of its strategy only, if there is one.</summary>
    Canary = 3,

    /// <summary>The one model of its strategy that trades.</summary>
    Champion = 4,

    Retired = 5,
}
