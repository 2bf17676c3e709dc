namespace BtcAgent.Domain.Models;

/// <summary>The conclusion that the evidence on a model allows. Only <see cref="Survives"/> permits trading without an override.</summary>
public enum VerdictState : byte
{
    /// <summary>Nobody has judged it, or a check that the judgement needs was not made.</summary>
    NotJudged = 0,

    /// <summary>Every rule holds on data that the model has not seen, after costs.</summary>
    Survives = 1,

    /// <summary>A feature contains the label: no figure of the run counts.</summary>
    Leaks = 2,

    /// <summary>A row changes when the future is removed: no figure of the run counts.</summary>
    LooksAhead = 3,

    /// <summary>Its returns do not vary, or it never traded, so that no ratio is defined.</summary>
    Undefined = 4,

    TooFewTrades = 5,

    LosesToCosts = 6,

    /// <summary>At most half of the folds gained.</summary>
    FoldsDisagree = 7,

    /// <summary>The best of as many worthless trials would look as good too often.</summary>
    NotDistinguishable = 8,

    /// <summary>The best trial of one half of the time is poor in the other half too often.</summary>
    Overfit = 9,

    TrackTooShort = 10,
}
