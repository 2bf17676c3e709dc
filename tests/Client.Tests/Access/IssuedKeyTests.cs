using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Client.Operators;
using BtcAgent.Domain.Access;

namespace BtcAgent.Client.Tests.Access;

/// <summary>Keys issued over the API: what they open, when they end, and what is stored and shown of them.</summary>
public sealed class IssuedKeyTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_Key_IsShownOnceAndOpensWhatItsRoleMay()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var admin = gateway.NewClient(gateway.Key);
        var issued = await PostAsync(admin, "keys", new { name = "ada", role = "trader", reason = "new colleague", portfolios = new[] { "main" } });
        var secret = issued.GetProperty("secret").GetString()!;
        using var holder = gateway.NewClient(secret);

        var session = await holder.GetFromJsonAsync<JsonElement>("/api/v1/session", Cancelled);
        Assert.Equal(("ada", "trader"), (session.GetProperty("name").GetString(), session.GetProperty("role").GetString()));
        Assert.Equal("main", Assert.Single(session.GetProperty("portfolios").EnumerateArray()).GetString());
        Assert.Equal(HttpStatusCode.OK, await CommandAsync(holder, "halt", "main"));
        Assert.Equal(HttpStatusCode.Forbidden, await CommandAsync(holder, "halt", null));
        Assert.Equal(HttpStatusCode.Forbidden, await CommandAsync(holder, "resume", "main"));

        var list = await admin.GetStringAsync("/api/v1/keys", Cancelled);
        Assert.Contains("\"ada\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Split('_', 3)[2], list, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Keys.KeyOf("ada").Digest, list, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Log, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"role":"trader","reason":"abc"}""", "name needs")]
    [InlineData("""{"name":"operator","role":"trader","reason":"abc"}""", "name needs")]
    [InlineData("""{"name":"a b","role":"trader","reason":"abc"}""", "name needs")]
    [InlineData("""{"name":"ada","reason":"abc"}""", "role is one of viewer, trader, risk-manager, admin")]
    [InlineData("""{"name":"ada","role":"king","reason":"abc"}""", "role")]
    [InlineData("""{"name":"ada","role":7,"reason":"abc"}""", "role")]
    [InlineData("""{"name":"ada","role":"trader"}""", "reason needs")]
    [InlineData("""{"name":"ada","role":"trader","reason":"abc","portfolios":["nope"]}""", "'nope'")]
    [InlineData("""{"name":"ada","role":"trader","reason":"abc","portfolios":[]}""", "ambiguous")]
    [InlineData("""{"name":"ada","role":"trader","reason":"abc","verbs":["dance"]}""", "'dance' is not a command")]
    [InlineData("""{"name":"ada","role":"trader","reason":"abc","expiresInDays":0}""", "expiresInDays is 0")]
    [InlineData("""{"name":"ada","role":"trader","reason":"abc","expires":1}""", "")]
    public async Task Create_Bad_IsRefusedWithTheReason(string body, string reason)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var admin = gateway.NewClient(gateway.Key);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await admin.PostAsync("/api/v1/keys", content, Cancelled);

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.NotFound });
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Empty((await gateway.Keys.GetKeys()).Keys);
    }

    [Fact]
    public async Task Create_NameOfAnActiveKey_IsRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var admin = gateway.NewClient(gateway.Key);
        gateway.Keys.Issue("ada", AccessRole.Viewer);
        using var answer = await admin.PostAsJsonAsync("/api/v1/keys", new { name = "ada", role = "admin", reason = "again" }, Cancelled);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task Revoke_AtThisGateway_EndsKeyAndSessionsAtOnce()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var admin = gateway.NewClient(gateway.Key);
        var secret = gateway.Keys.Issue("ada", AccessRole.Trader);
        using var holder = gateway.NewClient(secret);
        using var browser = gateway.NewClient();
        browser.DefaultRequestHeaders.Add("Cookie", await gateway.SignInAsync(browser, secret));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(holder));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(browser));

        await PostAsync(admin, $"keys/{gateway.Keys.KeyOf("ada").Id}/revoke", new { reason = "left the desk" });

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(holder));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(browser));
    }

    [Fact]
    public async Task Revoke_AtAnotherGateway_EndsTheKeyHereWithinTwoSeconds()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var holder = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.Trader));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(holder));
        await gateway.Keys.Revoke(gateway.Keys.KeyOf("ada").Id);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(holder));
        gateway.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(holder));
    }

    [Fact]
    public async Task Rotate_FormerSecret_IsAcceptedForTheGracePeriodOnly()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var admin = gateway.NewClient(gateway.Key);
        using var former = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.Trader));
        var issued = await PostAsync(admin, $"keys/{gateway.Keys.KeyOf("ada").Id}/rotate", new { reason = "quarterly", graceMinutes = 10 });
        using var renewed = gateway.NewClient(issued.GetProperty("secret").GetString());

        Assert.Equal(HttpStatusCode.OK, await GetAsync(former));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(renewed));
        gateway.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(former));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(renewed));
    }

    [Fact]
    public async Task Key_PastItsEnd_IsRefusedAlsoAsASession()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var secret = gateway.Keys.Issue("ada", AccessRole.Trader, until: TimeSpan.FromMinutes(30));
        using var holder = gateway.NewClient(secret);
        using var browser = gateway.NewClient();
        browser.DefaultRequestHeaders.Add("Cookie", await gateway.SignInAsync(browser, secret));
        gateway.Time.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(holder));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(browser));
    }

    [Fact]
    public async Task Keys_OfASilentGrain_AreRefusedWhileTheOperatorKeyWorks()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var holder = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.Trader));
        using var @operator = gateway.NewClient(gateway.Key);
        gateway.Keys.IsSilent = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync(holder));
        Assert.Equal(HttpStatusCode.OK, await CommandAsync(@operator, "halt", null));
        gateway.Keys.IsSilent = false;
        gateway.Time.Advance(KeyDirectory.AgeMax);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(holder));
    }

    [Fact]
    public async Task WrongKeys_ManyTimesOver_ReadTheKeysOnce()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var wrong = gateway.NewClient(ApiKeyText.New().ToString());
            Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(wrong));
        }

        Assert.Equal(1, gateway.Keys.Reads);
    }

    [Fact]
    public async Task LastUse_OfABusyKey_IsWrittenOnceAMinute()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var holder = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.Trader));
        await GetAsync(holder);
        var first = gateway.Keys.KeyOf("ada").LastUsedAt;
        gateway.Time.Advance(TimeSpan.FromSeconds(59));
        await GetAsync(holder);
        Assert.NotNull(first);
        Assert.Equal(first, gateway.Keys.KeyOf("ada").LastUsedAt);
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await GetAsync(holder);
        Assert.Equal(first + TimeSpan.FromMinutes(1), gateway.Keys.KeyOf("ada").LastUsedAt);
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient http) => (await http.GetAsync("/caller", Cancelled)).StatusCode;

    private static async Task<HttpStatusCode> CommandAsync(HttpClient http, string command, string? portfolio) =>
        (await http.PostAsJsonAsync($"/api/v1/control/{command}", new { reason = "a drill", portfolio }, Cancelled)).StatusCode;

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync($"/api/v1/{path}", body, Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
