using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Alerts.Settings;

/// <summary>SMS by the API of Twilio.</summary>
public sealed class TwilioOptions
{
    /// <summary>SID of the account. Required.</summary>
    [Required]
    public string AccountSid { get; set; } = "";

    /// <summary>File with the account's token. Required.</summary>
    [Required]
    public string AuthTokenFile { get; set; } = "";

    /// <summary>Number of the sender, <c>+…</c>. Required.</summary>
    [Required]
    public string From { get; set; } = "";

    /// <summary>Numbers of the recipients, <c>+…</c>. Required.</summary>
    [MinLength(1)]
    public List<string> To { get; } = [];

    /// <summary>Server of the API. Default <c>https://api.twilio.com</c>.</summary>
    [Required]
    public string BaseUrl { get; set; } = "https://api.twilio.com";
}
