using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>
/// A silo and a gateway whose strategy trades a forest that was promoted through the API, and the tape that they decide on.
/// </summary>
/// <param name="broker">Broker for market data and decisions.</param>
/// <param name="postgres">Server for state and models.</param>
/// <param name="report">Receives progress lines.</param>
/// <param name="build">Path of the <c>BtcAgent.Silo.dll</c> that decides; null for this build.</param>
internal sealed class TimeTravelStage(KafkaBroker broker, PostgresServer postgres, Action<string> report, string? build = null) : IAsyncDisposable
{
    private const string Strategy = "momentum";
    private const int Speed = 20;

    /// <summary>Approved, held, rejected by risk, refused for want of confidence, refused while warming up.</summary>
    private const int Kinds = 5;

    private static readonly TimeSpan DecisionsMax = TimeSpan.FromSeconds(90);

    /// <summary>A trained model, signals that are refused for want of confidence, and orders that risk finds too many.</summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Agent:Strategies:0:Model"] = "lightgbm",
        ["Agent:UnprovenModelsTrade"] = "true",
        ["Agent:Signals:MinConfidence"] = "0.4",
        ["Agent:Limits:CoolDownMs"] = "20000",

        // Every price move requests an order, so that the cool-down refuses some.
        ["Agent:Sizing:MinRebalanceFraction"] = "0",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-travel-");
    private readonly List<AgentProcess> _processes = [];
    private SimulatedVenue? _venue;
    private AgentProcess? _gateway;
    private ModelArtefact? _artefact;

    public string Database { get; private set; } = "";

    /// <summary>The champion.</summary>
    public ModelArtefact Artefact => _artefact!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var database = postgres.NewDatabaseAsync();
        var trained = TrainAsync();
        await broker.StartAsync();
        Database = await database;
        _venue = new SimulatedVenue(DrillStage.VenueOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await _venue.StartAsync(cancellationToken);
        await Start("silo", ClusterStage.Silo, feeds: false).WaitUntilAsync("/health/ready", cancellationToken);
        _gateway = Start("gateway", ClusterStage.Gateway, feeds: false);
        await _gateway.WaitUntilAsync("/health/ready", cancellationToken);
        _artefact = await trained;
        await PromoteAsync(_gateway, cancellationToken);
    }

    /// <summary>Feeds the tape until the champion has made a decision of every kind.</summary>
    /// <returns>The last of each kind.</returns>
    public async Task<IReadOnlyDictionary<string, Decision>> DecideAsync()
    {
        using var log = new DecisionLog(broker.Address, ClusterStage.FactPartitions);
        var ingest = Start("ingest", (_, port, folder) => ClusterStage.Ingest([Tape()], Speed, port, folder), feeds: true);
        await Eventually.TrueAsync(
            "a decision of every kind by the champion",
            () => Task.FromResult(ByKind(log).Count == Kinds),
            DecisionsMax,
            () => $"{string.Join(", ", ByKind(log).Keys)}: {log.Reasons()}");
        ingest.Kill();
        report(log.Reasons());
        return ByKind(log);
    }

    /// <summary>Returns the API's view of one decision, once the journal has it.</summary>
    public async Task<JsonElement> ViewAsync(Decision decision, CancellationToken cancellationToken)
    {
        JsonElement? view = null;
        await Eventually.TrueAsync(
            $"decision {decision.Id} is in the journal",
            async () => (view = await _gateway!.GetAsync(Folder("gateway"), $"/api/v1/decisions/{decision.Id.Text}", cancellationToken)) is not null,
            DecisionsMax);
        return view!.Value;
    }

    /// <summary>Stops all processes; topics and database remain.</summary>
    public void Kill() => _processes.ForEach(process => process.Kill());

    /// <summary>Writes an artefact where the command line can read it.</summary>
    public string Write(ModelArtefact artefact)
    {
        var path = Folder($"{artefact.Id}.zip");
        File.WriteAllBytes(path, artefact.ToZip());
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        _processes.ForEach(process => process.Dispose());
        if (_venue is not null)
        {
            await _venue.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private string Folder(string name) => Path.Combine(_folder.FullName, name);

    private static string Tape() => RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz");

    private Dictionary<string, Decision> ByKind(DecisionLog log) => log.Seen.Select(seen => seen.Decision)
        .Where(decision => decision.Signal.ModelHash == Artefact.Hash)
        .GroupBy(KindOf).ToDictionary(kind => kind.Key, kind => kind.Last(), StringComparer.Ordinal);

    /// <summary>A signal that is refused only because windows are filling does not depend on its score.</summary>
    private static string KindOf(Decision decision) =>
        decision.Risk.Outcome != RiskOutcome.Hold || decision.Signal.IsValid ? decision.Risk.Outcome.ToString()
        : decision.Signal.Refusals.Any(refusal => refusal.Code == "LOW_CONFIDENCE") ? "refused signal"
        : "warming up";

    /// <summary>By the command line, from the tape; then with thresholds that it passes often, whatever it has learned.</summary>
    private async Task<ModelArtefact> TrainAsync()
    {
        var folder = Folder("trained");
        var (code, _, error) = await CommandLine.RunAsync(
            [], "train", "--tape", Tape(), "--out", folder, "--horizon", "5", "--barrier-bps", "0", "--rounds", "10", "--min-rows", "5", "--folds", "2");
        Assert.True(code == 0, error);
        var learned = ModelArtefact.Read(folder);
        return ModelArtefact.Create(
            learned.Manifest with
            {
                Calibration = new CalibrationCurve { Kind = CalibrationKind.Platt, A = -8, B = 0 },
                Policy = new TradingPolicy(0.03, 0.01, 2_000, learned.Manifest.Features.Length),
            },
            learned.Text,
            learned.Onnx);
    }

    private async Task PromoteAsync(AgentProcess gateway, CancellationToken cancellationToken)
    {
        await gateway.GetAsync(Folder("gateway"), "/api/v1/models", cancellationToken);
        using var zip = new ByteArrayContent(Artefact.ToZip());
        using var registered = await gateway.Http.PostAsync($"/api/v1/models?strategy={Strategy}", zip, cancellationToken);
        Assert.True(registered.IsSuccessStatusCode, await registered.Content.ReadAsStringAsync(cancellationToken));
        using var moved = await gateway.Http.PostAsJsonAsync(
            $"/api/v1/models/{Artefact.Id}/stage", new { stage = "champion", reason = "time travel" }, cancellationToken);
        Assert.True(moved.IsSuccessStatusCode, await moved.Content.ReadAsStringAsync(cancellationToken));
    }

    private AgentProcess Start(string name, Func<SimulatedVenue, int, string, string[]> arguments, bool feeds)
    {
        var port = ChaosDrill.FreePort();
        var process = AgentProcess.Start(
            port,
            [
                .. arguments(_venue!, port, Folder(name)),
                .. Settings.SelectMany(setting => new[] { "--set", $"{setting.Key}={setting.Value}" }),
            ],
            ClusterStage.Environment(Database, broker, feeds),
            build: build);
        _processes.Add(process);
        return process;
    }
}
