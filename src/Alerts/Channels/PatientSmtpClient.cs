using MailKit.Net.Smtp;
using MimeKit;

namespace BtcAgent.Alerts.Channels;

/// <summary>Sends to the other recipients when the server refuses one; fails only when it refuses all.</summary>
internal sealed class PatientSmtpClient : SmtpClient
{
    /// <summary>Addresses that the server has refused, with its code.</summary>
    public List<string> Refused { get; } = [];

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        Refused.Add($"{mailbox.Address} ({(int)response.StatusCode})");
}
