using System.Net;
using System.Text.Json;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Channels;

/// <summary>Sends SMS by any provider's HTTP API, after the templates of the settings.</summary>
internal sealed class SmsChannel(string name, SmsOptions options, AlertText text, ChannelHttp http) : IAlertChannel
{
    private const string Json = "application/json";

    private readonly SecretFile? _header = options.HeaderFile.Length == 0 ? null
        : new($"{AlertOptions.Section}:Channels:{name}:Sms:HeaderFile", options.HeaderFile);

    private readonly Recipients _recipients = new(options.To);

    public string Name => name;

    public string Kind => "sms";

    public Task<ChannelAnswer> SendAsync(AlertDelivery delivery, CancellationToken cancellationToken) =>
        _recipients.SendAsync(delivery, to => SendAsync(delivery, to, cancellationToken));

    /// <summary>Connects to the server, which has no request that all providers know: any answer but a server error counts.</summary>
    public Task<ChannelAnswer> ProbeAsync(CancellationToken cancellationToken) => http.SendAsync(
        () => ChannelRequest.Get(new Uri(Fill(options.Url, "0", "", Uri.EscapeDataString)).GetLeftPart(UriPartial.Authority)),
        cancellationToken,
        (status, _) => status < HttpStatusCode.InternalServerError);

    private Task<ChannelAnswer> SendAsync(AlertDelivery delivery, string to, CancellationToken cancellationToken) => http.SendAsync(
        () =>
        {
            var words = text.Short(delivery, TwilioChannel.LengthMax);
            var secret = _header?.Read();
            var request = ChannelRequest.Post(
                Fill(options.Url, to, words, Uri.EscapeDataString),
                Fill(options.Body, to, words, options.ContentType == Json ? InJson : Uri.EscapeDataString),
                options.ContentType,
                delivery,
                secret is null ? [] : [secret]);
            if (secret is not null)
            {
                request.Message.Headers.TryAddWithoutValidation(options.Header, secret);
            }

            return request;
        },
        cancellationToken);

    private static string Fill(string template, string to, string words, Func<string, string> escape) =>
        string.Join(escape(words), template.Split("{text}").Select(part => part.Replace("{to}", escape(to), StringComparison.Ordinal)));

    private static string InJson(string value) => JsonEncodedText.Encode(value).ToString();
}
