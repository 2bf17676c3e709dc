using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Alerts.Settings;

/// <summary>E-mail by SMTP.</summary>
public sealed class EmailOptions
{
    /// <summary>Name of the SMTP server. Required.</summary>
    [Required]
    public string Host { get; set; } = "";

    /// <summary>Port. Range 1…65,535, default 587.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>Encryption: <c>startTls</c>, <c>implicit</c> or <c>none</c>. Default <c>startTls</c>.</summary>
    public EmailTls Tls { get; set; } = EmailTls.StartTls;

    /// <summary>PEM file with the authority of the server's certificate. Default empty: the machine's authorities.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>Name to log in with. Default empty: no log-in.</summary>
    public string User { get; set; } = "";

    /// <summary>File with the password. Default empty; required with <see cref="User"/>.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>Address of the sender. Required.</summary>
    [Required]
    public string From { get; set; } = "";

    /// <summary>Addresses of the recipients. Required.</summary>
    [MinLength(1)]
    public List<string> To { get; } = [];
}
