using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Tests.Artefacts;
using BtcAgent.Silo.Models;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Silo.Training;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Models;

/// <summary>Uploads to a running agent in a separate process, since the worst upload could crash it.</summary>
public sealed class ModelUploadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-upload-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Upload_HostileArtefacts_AreRefusedAndTheHonestOneIsExplained()
    {
        var artefact = Train();
        using var agent = new AgentProgram(_folder.FullName, "--set", "StarterModel:Enabled=false", "--set", "Agent:UnprovenModelsTrade=true");
        await agent.WaitUntilLiveAsync();
        var key = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "operator.key"), Cancelled);
        agent.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        await RefusedAsync(agent, HostileArtefact.WithText(artefact, "left_child=", "left_child=0 "), "model.txt, line");
        await RefusedAsync(agent, HostileArtefact.WithText(artefact, "tree_sizes=", "tree_sizes=9"), "tree_sizes");
        await RefusedAsync(agent, HostileArtefact.WithText(artefact, "\nleaf_value=-", "\nleaf_value=+"), "not what model.txt converts to");
        await RefusedAsync(agent, HostileArtefact.With(artefact, ModelArtefact.OnnxFile, _ => new byte[60 << 20]), "no model packs more");
        await RefusedAsync(agent, HostileArtefact.Zip([.. artefact.Files(), ("../operator.key", [1])]), "the zip holds '../operator.key'");

        using var accepted = await UploadAsync(agent, artefact.ToZip());
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        await AssertExplainsAsync(agent, artefact.Id);
    }

    private static async Task AssertExplainsAsync(AgentProgram agent, string model)
    {
        using var moved = await agent.Http.PostAsJsonAsync(
            $"/api/v1/models/{model}/stage", new { stage = "champion", reason = "test" }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        JsonElement decision = default;
        await Eventually.TrueAsync(
            "a decision of the model",
            async () =>
            {
                var recent = await agent.Http.GetFromJsonAsync<JsonElement>("/api/v1/decisions?limit=20", Cancelled);
                decision = recent.EnumerateArray().FirstOrDefault(d => d.GetProperty("signal").GetProperty("modelId").GetString() == model);
                return decision.ValueKind == JsonValueKind.Object;
            },
            TimeSpan.FromSeconds(90),
            () => agent.Said);
        var view = await agent.Http.GetFromJsonAsync<JsonElement>($"/api/v1/decisions/{decision.GetProperty("id").GetProperty("text").GetString()}", Cancelled);
        Assert.Equal(model, view.GetProperty("explanation").GetProperty("modelId").GetString());
    }

    private static async Task RefusedAsync(AgentProgram agent, byte[] zip, string reason)
    {
        using var answer = await UploadAsync(agent, zip);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> UploadAsync(AgentProgram agent, byte[] zip)
    {
        using var body = new ByteArrayContent(zip);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        return await agent.Http.PostAsync("/api/v1/models?strategy=momentum", body, Cancelled);
    }

    private static ModelArtefact Train() => StarterTrainer.Train(
        InstrumentId.Parse("BINANCE:BTCUSDT"),
        new FeatureOptions(),
        new SimulatorOptions(),
        new StarterOptions { HistoryMinutes = 60 },
        (_, _) => { },
        Cancelled);
}
