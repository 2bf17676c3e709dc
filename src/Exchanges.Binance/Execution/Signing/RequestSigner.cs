namespace BtcAgent.Exchanges.Binance.Execution.Signing;

/// <summary>Signs request payloads. Source: Binance spot documentation, "Request security".</summary>
public abstract class RequestSigner
{
    /// <summary>Display name of the algorithm.</summary>
    public abstract string Algorithm { get; }

    /// <summary>The signature as the venue expects it: hexadecimal for HMAC, base64 for Ed25519.</summary>
    public abstract string Sign(string payload);
}
