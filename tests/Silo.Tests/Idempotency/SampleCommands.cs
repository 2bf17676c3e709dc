using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Client.Access;
using BtcAgent.Contracts.Alerts;
using BtcAgent.Domain;
using BtcAgent.Domain.Alerts;
using BtcAgent.Domain.Features;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Silo.Models;
using BtcAgent.Silo.Tests.Experiments;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Silo.Training;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Idempotency;

/// <summary>One request for each command that a running agent carries out, and the state that it needs.</summary>
/// <param name="agent">The agent.</param>
/// <param name="gateway">A gateway with the two-person rule.</param>
internal sealed class SampleCommands(RunningAgent agent, HttpClient gateway)
{
    private const string Limit = "MaxOrderNotional";

    private byte[] _artefact = [];
    private string _model = "";
    private string? _secret;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Commands in an order in which each is accepted.</summary>
    public static ImmutableArray<string> InOrder { get; } =
    [
        CommandVerbs.PlaceOrder, CommandVerbs.CancelOrder, CommandVerbs.AcceptBalances, CommandVerbs.ChangeLimit, CommandVerbs.RegisterModel,
        CommandVerbs.MoveModel, CommandVerbs.BeginExperiment, CommandVerbs.ConfirmExperiment, CommandVerbs.StopExperiment, CommandVerbs.RunTraining,
        CommandVerbs.CancelTraining, CommandVerbs.CreateKey, CommandVerbs.RotateKey, CommandVerbs.RevokeKey, CommandVerbs.Confirm,
        CommandVerbs.RefuseConfirmation, CommandVerbs.Propose, CommandVerbs.AcknowledgeAlert, CommandVerbs.TestAlerts, CommandVerbs.OfferPosts, CommandVerbs.Disarm, CommandVerbs.Arm,
        CommandVerbs.Halt, CommandVerbs.Resume, CommandVerbs.Flatten, CommandVerbs.CloseSessions,
    ];

    /// <returns>Path and content of the request; null content for an empty body.</returns>
    public async Task<(string Path, Func<HttpContent>? Content)> PrepareAsync(string verb)
    {
        var reason = new { reason = "a drill" };
        switch (verb)
        {
            case CommandVerbs.PlaceOrder:
                var bid = (await agent.GetAsync("/api/v1/instruments/BINANCE:BTCUSDT")).GetProperty("market").GetProperty("quote").GetProperty("bid").GetString()!;
                var price = Math.Round(decimal.Parse(bid, CultureInfo.InvariantCulture) * 0.97m).ToString(CultureInfo.InvariantCulture);
                return Json("/orders", new
                {
                    requestId = "once",
                    portfolio = "main",
                    instrument = "BINANCE:BTCUSDT",
                    side = "buy",
                    type = "limit",
                    quantity = "0.001",
                    limitPrice = price,
                });
            case CommandVerbs.CancelOrder:
                var order = (await agent.GetAsync("/api/v1/orders?limit=500")).EnumerateArray()
                    .First(sent => sent.GetProperty("intent").GetProperty("quantity").GetString() == "0.001"
                        && sent.GetProperty("intent").GetProperty("type").GetString() == "limit").GetProperty("intent").GetProperty("clientOrderId").GetString()!;
                return Json($"/orders/{order}/cancel", reason);
            case CommandVerbs.AcceptBalances:
                return Json("/executions/accept-balances", reason);
            case CommandVerbs.ChangeLimit:
                return Json($"/portfolios/main/limits/{Limit}", new { value = 9_000, reason = "a drill" });
            case CommandVerbs.RegisterModel:
                var artefact = StarterTrainer.Train(
                    InstrumentId.Parse("BINANCE:BTCUSDT"), new FeatureOptions(), new SimulatorOptions(), new StarterOptions { HistoryMinutes = 60 }, (_, _) => { }, Cancelled);
                (_artefact, _model) = (artefact.ToZip(), artefact.Id);
                return ("/api/v1/models?strategy=momentum", () => new ByteArrayContent(_artefact) { Headers = { ContentType = new("application/zip") } });
            case CommandVerbs.MoveModel:
                return Json($"/models/{_model}/stage", new { stage = "shadow", reason = "a drill" });
            case CommandVerbs.BeginExperiment:
                return Json("/experiments", new { challenger = _model, reason = "a drill" });
            case CommandVerbs.ConfirmExperiment:
                await WinningDays.PlayAsync(agent);
                return Json("/experiments/ab-1/confirm", reason);
            case CommandVerbs.StopExperiment:
                return Json("/experiments/ab-1/stop", reason);
            case CommandVerbs.RunTraining:
                return Json("/optimizer/run", new { strategy = "momentum", days = 1, reason = "a drill" });
            case CommandVerbs.CancelTraining:
                var job = (await agent.GetAsync("/api/v1/optimizer")).GetProperty("jobs")[0].GetProperty("id").GetString()!;
                return Json($"/optimizer/jobs/{job}/cancel", reason);
            case CommandVerbs.CreateKey:
                return Json("/keys", new { name = "once", role = "viewer", reason = "a drill" });
            case CommandVerbs.RotateKey:
                return Json($"/keys/{await KeyAsync()}/rotate", reason);
            case CommandVerbs.RevokeKey:
                return Json($"/keys/{await KeyAsync()}/revoke", reason);
            case CommandVerbs.Confirm:
                return Json($"/confirmations/{await AskAsync(9_500)}/confirm", reason);
            case CommandVerbs.RefuseConfirmation:
                return Json($"/confirmations/{await AskAsync(9_600)}/refuse", reason);
            case CommandVerbs.Propose:
                return Json("/confirmations", new { command = "resume", reason = "a drill" });
            case CommandVerbs.AcknowledgeAlert:
                return Json($"/alerts/{await AlertAsync()}/acknowledge", reason);
            case CommandVerbs.TestAlerts:
                return ("/api/v1/alerts/test", null);
            case CommandVerbs.OfferPosts:
                return Json("/social/posts", new { posts = new[] { new { source = "desk", id = "once", text = "bitcoin rises" } } });
            case CommandVerbs.CloseSessions:
                return ("/api/v1/sessions", null);
            default:
                return Json($"/control/{verb}", reason);
        }
    }

    private static (string Path, Func<HttpContent>? Content) Json(string path, object body) => ($"/api/v1{path}", () => JsonContent.Create(body));

    private async Task<string> KeyAsync() => (await agent.GetAsync("/api/v1/keys")).EnumerateArray()
        .Last(key => key.GetProperty("name").GetString() == "once").GetProperty("id").GetString()!;

    /// <summary>Another person asks for a looser limit.</summary>
    private async Task<string> AskAsync(int value)
    {
        _secret ??= await IssueAsync();
        using var other = agent.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(gateway.BaseAddress!, $"/api/v1/portfolios/main/limits/{Limit}"))
        {
            Content = JsonContent.Create(new { value, reason = "a drill" }),
            Headers = { Authorization = new("Bearer", _secret) },
        };
        using var held = await other.SendAsync(request, Cancelled);
        return (await held.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetString()!;
    }

    private async Task<string> IssueAsync()
    {
        using var issued = await agent.Http.PostAsJsonAsync("/api/v1/keys", new { name = "asks", role = "risk-manager", reason = "a drill" }, Cancelled);
        return (await issued.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("secret").GetString()!;
    }

    private async Task<string> AlertAsync()
    {
        var alerts = agent.Services.GetRequiredService<IGrainFactory>().GetGrain<IAlertGrain>(IAlertGrain.Key);
        await alerts.Observe(new AlertReport(
            "drill",
            [new AlertCondition("Drill", AlertSeverity.Warning, ImmutableSortedDictionary<string, string>.Empty, "a drill", "a drill", TimeSpan.Zero)],
            []));
        return (await alerts.List()).Alerts.First(alert => alert.Name == "Drill").Id;
    }
}
