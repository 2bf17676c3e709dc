namespace BtcAgent.Domain.Facts;

/// <summary>Subjects of an <see cref="AgentEventFact"/>; the values are stored.</summary>
public enum AgentEventKind : byte
{
    /// <summary>A portfolio's breaker moved.</summary>
    Breaker = 1,

    /// <summary>A feed connected or was interrupted.</summary>
    Feed = 2,

    /// <summary>A risk limit was changed.</summary>
    Limit = 3,

    /// <summary>A model changed its stage.</summary>
    Model = 4,

    /// <summary>An operator gave a command.</summary>
    Operator = 5,

    /// <summary>A training job was requested, ended, or is being cancelled.</summary>
    Training = 6,

    /// <summary>An experiment moved to another stage.</summary>
    Experiment = 7,
}
