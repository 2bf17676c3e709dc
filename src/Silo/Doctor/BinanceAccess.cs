using BtcAgent.Exchanges.Binance.Execution;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Doctor;

/// <summary>The venue's REST API with the agent's settings.</summary>
internal sealed class BinanceAccess : IDisposable
{
    private readonly ExaminedAgent _agent;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly IOptions<BinanceOptions> _options;

    public BinanceAccess(ExaminedAgent agent)
    {
        _agent = agent;
        _options = Options.Create(agent.Section<BinanceOptions>(BinanceOptions.Section));
        Public = new BinanceRestClient(_http, _options, agent.Time);
    }

    public Uri Address => _options.Value.RestBaseAddress;

    public BinanceRestClient Public { get; }

    public BinanceTradingSession OpenSession(BinanceCredentials credentials)
    {
        var trading = _agent.Section<BinanceTradingOptions>(BinanceTradingOptions.Section);
        return new BinanceTradingSession(_http, Public, Options.Create(trading), _options, credentials, _agent.Time);
    }

    /// <summary>The server's clock in whole seconds, from the header <c>Date</c>; null without one.</summary>
    public async Task<DateTimeOffset?> ReadDateAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri(Address, "/api/v3/ping"), cancellationToken);
        return answer.Headers.Date;
    }

    public void Dispose() => _http.Dispose();
}
