namespace BtcAgent.Client.Certificates;

/// <summary>TLS of the gateway, for REST, the console and gRPC: section <c>Gateway:Tls</c>.</summary>
public sealed class GatewayTlsOptions
{
    public const string Section = "Gateway:Tls";

    /// <summary><c>Off</c>, <c>Own</c> or <c>Generated</c>. Default <see cref="GatewayTlsMode.Off"/>.</summary>
    public GatewayTlsMode Mode { get; set; } = GatewayTlsMode.Off;

    /// <summary>PEM file of the own certificate, followed by its intermediates. Read again when it changes. Default empty.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>PEM file of its key, not encrypted. Default empty.</summary>
    public string Key { get; set; } = "";
}
