namespace BtcAgent.Domain.Portfolios;

/// <summary>What a difference between account and books is taken for.</summary>
public enum AccountDifferenceKind : byte
{
    /// <summary>Too small to trade: booked as a correction.</summary>
    Dust = 1,

    /// <summary>What is outside of the portfolio has changed: noted, and nobody's profit or loss.</summary>
    OutsideChanged = 2,

    /// <summary>Nothing explains it: a doubt until an operator accepts the venue's balance.</summary>
    Unexplained = 3,
}
