using System.Text.Json;
using BtcAgent.Contracts.Streams;
using BtcAgent.Contracts.Wire;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Testing;
using Confluent.Kafka;
using Google.Protobuf;
using Npgsql;
using Decision = BtcAgent.Domain.Trading.Decision;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>
/// Decisions of a cluster whose champion is a forest, replayed by the command line from topics and database alone.
/// </summary>
public sealed class TimeTravelTests(KafkaBroker broker, PostgresServer postgres, ITestOutputHelper output)
    : IClassFixture<KafkaBroker>, IClassFixture<PostgresServer>
{
    private const string Tampered = "tampered";

    [Fact]
    public async Task Replay_DecisionsOfATrainedChampion_AreTheSameUntilSomethingIsAltered()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var stage = new TimeTravelStage(broker, postgres, output.WriteLine);
        await stage.StartAsync(cancellation);
        var decisions = await stage.DecideAsync();
        var views = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (kind, decision) in decisions)
        {
            views[kind] = await stage.ViewAsync(decision, cancellation);
        }

        stage.Kill();
        await Task.WhenAll(decisions.Select(async decision =>
        {
            var report = await ReplayAsync(stage, 0, decision.Value.Id.Text, "--explain");
            output.WriteLine($"{decision.Key}: {report.GetProperty("history")} earlier samples, {report.GetProperty("events")} events");
            Assert.Equal(
                ["features Equal", "score Equal", "signal Equal", "verdict Equal", "order Equal"],
                report.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("step")} {step.GetProperty("outcome")}"));
            AssertSameExplanation(views[decision.Key], report);
        }));
        var approved = decisions["Approved"];
        await Task.WhenAll(AssertAnAlteredLimitIsToldApartAsync(stage, approved), AssertOtherArtefactsAreToldApartAsync(stage, approved, cancellation));
    }

    private static (string?, string?) FirstUnequal(JsonElement report) => report.GetProperty("steps").EnumerateArray()
        .Select(step => (step.GetProperty("step").GetString(), step.GetProperty("outcome").GetString()))
        .First(step => step.Item2 != "Equal");

    /// <summary>Contributions of the replayed sample equal those that the API shows for the recorded one, bit for bit.</summary>
    private static void AssertSameExplanation(JsonElement view, JsonElement report)
    {
        var (shown, made) = (view.GetProperty("explanation"), report.GetProperty("explanation"));
        Assert.Equal(shown.GetProperty("rawScore").GetDouble(), made.GetProperty("rawScore").GetDouble());
        Assert.Equal(Contributions(shown), Contributions(made));
        Assert.Contains(Contributions(made), contribution => contribution != 0);

        static double[] Contributions(JsonElement explanation) =>
            [.. explanation.EnumerateObject().Single(p => p.Value.ValueKind == JsonValueKind.Array).Value.EnumerateArray()
                .Select(part => part.GetProperty("contribution").GetDouble())];
    }

    private async Task AssertAnAlteredLimitIsToldApartAsync(TimeTravelStage stage, Decision decision)
    {
        Tamper(decision);
        var report = await ReplayAsync(stage, 1, Tampered, "--model", stage.Write(stage.Artefact));
        Assert.Equal(("verdict", "Diverges"), FirstUnequal(report));
        Assert.Contains("MAX_OPEN_ORDERS limit", report.GetRawText(), StringComparison.Ordinal);
    }

    private async Task AssertOtherArtefactsAreToldApartAsync(TimeTravelStage stage, Decision decision, CancellationToken cancellationToken)
    {
        var calibration = stage.Artefact.Manifest.Calibration;
        var other = ModelArtefact.Create(
            stage.Artefact.Manifest with { Calibration = calibration with { A = calibration.A - 1e-9 } }, stage.Artefact.Text, stage.Artefact.Onnx);
        var file = stage.Write(other);
        var id = decision.Id.Text;

        Assert.Equal(("score", "Diverges"), FirstUnequal(await ReplayAsync(stage, 1, id, "--model", file, "--another-model")));
        var (code, _, error) = await RunAsync(stage, id, "--model", file);
        Assert.Equal(1, code);
        Assert.Contains($"with hash {stage.Artefact.Hash}", error, StringComparison.Ordinal);
        Assert.Contains(other.Hash, error, StringComparison.Ordinal);

        await using var database = NpgsqlDataSource.Create(stage.Database);
        await using var forge = database.CreateCommand("UPDATE btcagent.grain_state SET payload = @payload WHERE state_name = 'model' AND key_text = @id");
        forge.Parameters.AddWithValue("payload", JsonSerializer.SerializeToUtf8Bytes(new { Artefact = other.ToZip() }));
        forge.Parameters.AddWithValue("id", stage.Artefact.Id);
        Assert.Equal(1, await forge.ExecuteNonQueryAsync(cancellationToken));
        (code, _, error) = await RunAsync(stage, id);
        Assert.Equal(1, code);
        Assert.Contains($"has under this id one with hash {other.Hash}", error, StringComparison.Ordinal);
    }

    /// <summary>A copy of the decision under another id on the topic, with one altered limit.</summary>
    private void Tamper(Decision decision)
    {
        var limits = FactsWire.DecodeDecision(FactsWire.Encode(decision)).Risk.Evidence!.Limits;
        limits.MaxOpenOrders++;
        var altered = decision with { Risk = decision.Risk with { Evidence = decision.Risk.Evidence! with { Limits = limits } } };
        var wire = RiskDecision.Parser.ParseFrom(FactsWire.Encode(altered));
        wire.Id = Tampered;
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = broker.Address,
            Partitioner = Partitioner.Murmur2,
        }).Build();
        producer.Produce(
            StreamNames.Decisions,
            new Message<byte[], byte[]> { Key = System.Text.Encoding.UTF8.GetBytes(decision.Portfolio), Value = wire.ToByteArray() });
        producer.Flush(TestContext.Current.CancellationToken);
    }

    private async Task<JsonElement> ReplayAsync(TimeTravelStage stage, int expected, string decision, params string[] options)
    {
        var (code, text, error) = await RunAsync(stage, decision, options);
        Assert.True(error.Length == 0, error);
        var report = JsonDocument.Parse(text).RootElement;
        Assert.True(code == expected, $"{code}: {report.GetProperty("steps")}");
        return report;
    }

    private Task<(int Code, string Output, string Error)> RunAsync(TimeTravelStage stage, string decision, params string[] options) =>
        CommandLine.RunAsync(
            new Dictionary<string, string> { ["Cluster__Postgres"] = stage.Database },
            ["replay", "--from-kafka", broker.Address, "--decision", decision, "--kafka-setting", "security.protocol=PLAINTEXT", "--json", .. options]);
}
