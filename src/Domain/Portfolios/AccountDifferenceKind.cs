namespace BtcAgent.Domain.Portfolios;

/// <summary>Classification of a difference between account and books.</summary>
public enum AccountDifferenceKind : byte
{
    /// <summary>Too small to trade: booked as a correction.</summary>
    Dust = 1,

    /// <summary>The outside holdings have changed: recorded, and neither profit nor loss.</summary>
    OutsideChanged = 2,

    /// <summary>Unexplained: a doubt until an operator accepts the venue's balance.</summary>
    Unexplained = 3,
}
