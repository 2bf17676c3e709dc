namespace BtcAgent.Client.Certificates;

/// <summary>Where the gateway's certificate comes from.</summary>
public enum GatewayTlsMode
{
    /// <summary>No TLS: for loopback, or behind a proxy.</summary>
    Off,

    /// <summary>The operator's certificate and key.</summary>
    Own,

    /// <summary>A self-signed certificate that the agent makes and renews in its data folder.</summary>
    Generated,
}
