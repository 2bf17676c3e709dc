using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Client.Tests.Api;

/// <summary>The table of rules, as an operator's program reads it.</summary>
public sealed class RiskApiTests
{
    [Fact]
    public async Task Rules_ByTheKey_AreTheRowsOfTheEngine()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = new HttpClient { BaseAddress = gateway.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gateway.Key);

        var rules = await http.GetFromJsonAsync<JsonElement>("/api/v1/risk/rules", TestContext.Current.CancellationToken);

        Assert.Equal(RiskRules.All.Select(rule => rule.Code), rules.EnumerateArray().Select(rule => rule.GetProperty("code").GetString()));
        var spread = rules.EnumerateArray().Single(rule => rule.GetProperty("code").GetString() == RiskCodes.WideSpread);
        Assert.Equal(
            ("basis points", "MaxSpreadBps", "10", "reducing", true),
            (spread.GetProperty("unit").GetString(), spread.GetProperty("limit").GetString(), spread.GetProperty("default").GetString(),
                spread.GetProperty("exempts").GetString(), spread.GetProperty("forStrategiesOnly").GetBoolean()));
    }
}
