using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace BtcAgent.Alerts.Channels;

/// <summary>
/// Sends e-mail by SMTP, a connection for each message. The message id is that of the delivery, so that a repeat is recognized.
/// </summary>
internal sealed class EmailChannel(string name, EmailOptions options, AlertText text) : IAlertChannel
{
    private readonly SecretFile? _password = options.PasswordFile.Length == 0 ? null
        : new($"{AlertOptions.Section}:Channels:{name}:Email:PasswordFile", options.PasswordFile);

    public string Name => name;

    public string Kind => "email";

    public Task<ChannelAnswer> SendAsync(AlertDelivery delivery, CancellationToken cancellationToken) =>
        AttemptAsync(client => client.SendAsync(Message(delivery), cancellationToken), cancellationToken);

    /// <summary>Connects and logs in.</summary>
    public Task<ChannelAnswer> ProbeAsync(CancellationToken cancellationToken) =>
        AttemptAsync(client => client.NoOpAsync(cancellationToken), cancellationToken);

    private async Task<ChannelAnswer> AttemptAsync(Func<PatientSmtpClient, Task> act, CancellationToken cancellationToken)
    {
        var server = $"{options.Host}:{options.Port}";
        try
        {
            using var client = NewClient();
            await client.ConnectAsync(options.Host, options.Port, Security(options.Tls), cancellationToken);
            if (_password is not null)
            {
                await client.AuthenticateAsync(options.User, _password.Read(), cancellationToken);
            }

            await act(client);
            await client.DisconnectAsync(quit: true, cancellationToken);
            return client.Refused.Count == 0
                ? ChannelAnswer.Accepted
                : ChannelAnswer.InPart($"{server} refuses {string.Join(", ", client.Refused)}; the other recipients have the message");
        }
        catch (SmtpCommandException e)
        {
            var problem = $"{server} answers {(int)e.StatusCode} {OneLine(e.Message)}";
            return (int)e.StatusCode < 500 ? ChannelAnswer.Busy(problem) : ChannelAnswer.Refused(problem);
        }
        catch (SslHandshakeException)
        {
            return ChannelAnswer.Busy(
                $"TLS with {server} fails: its certificate is not trusted or not for {options.Host}; set CaFile, or correct Host and Tls");
        }
        catch (AuthenticationException)
        {
            // Its message may have what the server says about the password.
            return ChannelAnswer.Refused($"{server} refuses the log-in of '{options.User}': correct User or PasswordFile");
        }
        catch (AlertSettingsException e)
        {
            return ChannelAnswer.Busy(e.Message);
        }
        catch (Exception e) when (e is SocketException or IOException or ProtocolException or NotSupportedException
            or ServiceNotConnectedException)
        {
            return ChannelAnswer.Busy($"{server}: {OneLine(e.Message)}");
        }
    }

    private PatientSmtpClient NewClient()
    {
        var client = new PatientSmtpClient { CheckCertificateRevocation = false };
        if (options.CaFile.Length > 0)
        {
            var authority = ReadAuthority();
            client.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
                (errors & ~System.Net.Security.SslPolicyErrors.RemoteCertificateChainErrors) == 0
                && certificate is X509Certificate2 presented && IsFrom(authority, presented);
        }

        return client;
    }

    private X509Certificate2 ReadAuthority()
    {
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(options.CaFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new AlertSettingsException(
                $"{AlertOptions.Section}:Channels:{name}:Email:CaFile: '{options.CaFile}' is not a PEM certificate ({OneLine(e.Message)})", e);
        }
    }

    private static bool IsFrom(X509Certificate2 authority, X509Certificate2 presented)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(presented);
    }

    private MimeMessage Message(AlertDelivery delivery)
    {
        var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse(options.From));
        message.To.AddRange(options.To.Select(MailboxAddress.Parse));
        message.Subject = text.Subject(delivery);
        message.Date = delivery.CreatedAt;
        message.MessageId = $"{delivery.Id}@btcagent.local";
        message.References.Add($"{string.Concat(delivery.Group.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '.'))}@btcagent.local");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (delivery.Alerts.Any(alert => alert.Severity == AlertSeverity.Critical))
        {
            message.Priority = MessagePriority.Urgent;
        }

        message.Body = new TextPart("plain") { Text = text.Body(delivery) };
        return message;
    }

    private static SecureSocketOptions Security(EmailTls tls) => tls switch
    {
        EmailTls.Implicit => SecureSocketOptions.SslOnConnect,
        EmailTls.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private static string OneLine(string words) => string.Concat(words.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
