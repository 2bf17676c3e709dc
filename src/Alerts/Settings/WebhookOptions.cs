using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Alerts.Settings;

/// <summary>JSON to any receiver, signed with HMAC-SHA256.</summary>
public sealed class WebhookOptions
{
    /// <summary>Address of the receiver, <c>https://…</c> or <c>http://…</c>. Required.</summary>
    [Required]
    public string Url { get; set; } = "";

    /// <summary>File with the secret of the signature, at least 16 characters. Required.</summary>
    [Required]
    public string SecretFile { get; set; } = "";
}
