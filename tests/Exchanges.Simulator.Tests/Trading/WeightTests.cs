using System.Net;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Exchanges.Simulator.Tests.Trading;

/// <summary>Request weight counts by address, not by key. Source: Binance, "The limits on the API are based on the IPs, not the API keys".</summary>
public sealed class WeightTests
{
    [Fact]
    public async Task Weight_SpentFromAnotherAddress_IsNotOurs()
    {
        var options = new SimulatorOptions
        {
            HistorySeconds = 1,
            WeightPerMinuteMax = 20,
            Accounts = [new AccountOptions { ApiKey = "key", SecretKey = "secret", Balances = new() { ["USDT"] = 1 } }],
        };
        await using var venue = new SimulatedVenue(options, TimeProvider.System, NullLoggerFactory.Instance);
        await venue.StartAsync(TestContext.Current.CancellationToken);
        using var ours = new AccountHand(venue.RestAddress, "key", "secret", TimeProvider.System);
        using var other = new AccountHand(venue.RestAddress, "key", "secret", TimeProvider.System, IPAddress.Parse("127.0.0.2"));

        Assert.Equal(429, await SpendAsync(other));
        Assert.Equal(200, (await ours.SendAsync(HttpMethod.Get, "/api/v3/ticker/bookTicker", "symbol=BTCUSDT", TestContext.Current.CancellationToken)).Status);
        Assert.Equal(429, await SpendAsync(ours));
    }

    /// <summary>
    /// Sends until refused: thirty requests exceed the limit of ten per minute, even across the end of a minute.
    /// </summary>
    private static async Task<int> SpendAsync(AccountHand hand)
    {
        var status = 200;
        for (var i = 0; i < 30 && status == 200; i++)
        {
            (status, _) = await hand.SendAsync(HttpMethod.Get, "/api/v3/ticker/bookTicker", "symbol=BTCUSDT", TestContext.Current.CancellationToken);
        }

        return status;
    }
}
