namespace BtcAgent.Client.Attacks;

/// <summary>Feature of a connection that records a right key.</summary>
internal interface IProvenConnection
{
    /// <summary>Exempts the connection from displacement by newer ones.</summary>
    void Prove();
}
