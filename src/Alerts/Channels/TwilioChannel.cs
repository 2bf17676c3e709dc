using System.Net.Http.Headers;
using System.Text;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Channels;

/// <summary>Sends SMS by the API of Twilio, version 2010-04-01.</summary>
internal sealed class TwilioChannel(string name, TwilioOptions options, AlertText text, ChannelHttp http) : IAlertChannel
{
    /// <summary>Characters of a message: three parts of an SMS with Unicode.</summary>
    internal const int LengthMax = 201;

    private readonly SecretFile _token = new($"{AlertOptions.Section}:Channels:{name}:Twilio:AuthTokenFile", options.AuthTokenFile);
    private readonly Recipients _recipients = new(options.To);

    public string Name => name;

    public string Kind => "twilio";

    private string Account => $"{options.BaseUrl.TrimEnd('/')}/2010-04-01/Accounts/{Uri.EscapeDataString(options.AccountSid)}";

    public Task<ChannelAnswer> SendAsync(AlertDelivery delivery, CancellationToken cancellationToken) =>
        _recipients.SendAsync(delivery, to => SendAsync(delivery, to, cancellationToken));

    /// <summary>Reads the account.</summary>
    public Task<ChannelAnswer> ProbeAsync(CancellationToken cancellationToken) => http.SendAsync(
        () =>
        {
            var token = _token.Read();
            return LogIn(ChannelRequest.Get($"{Account}.json", token), token);
        },
        cancellationToken);

    private Task<ChannelAnswer> SendAsync(AlertDelivery delivery, string to, CancellationToken cancellationToken) => http.SendAsync(
        () =>
        {
            var words = Uri.EscapeDataString(text.Short(delivery, LengthMax));
            var body = $"To={Uri.EscapeDataString(to)}&From={Uri.EscapeDataString(options.From)}&Body={words}";
            var token = _token.Read();
            return LogIn(ChannelRequest.Post($"{Account}/Messages.json", body, "application/x-www-form-urlencoded", delivery, token), token);
        },
        cancellationToken);

    private ChannelRequest LogIn(ChannelRequest request, string token)
    {
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.AccountSid}:{token}"));
        request.Message.Headers.Authorization = new AuthenticationHeaderValue("Basic", login);
        return request with { Secrets = [.. request.Secrets, login] };
    }
}
