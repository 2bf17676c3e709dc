using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using BtcAgent.Cli.Output;
using BtcAgent.Cli.Replays;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Signals;
using BtcAgent.Research.Replays;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Replays;

/// <summary>Decisions of a forest that <c>btcagent train</c> learned from the tape.</summary>
public sealed class TrainedReplayTests
{
    private static readonly Lazy<ModelArtefact> Trained = new(Train);
    private static readonly Lazy<TapeRun> Recorded = new(() => TapeRun.Record(Trained.Value.Open));

    private static TapeRun Tape => Recorded.Value;

    [Theory]
    [InlineData(DecisionKinds.Approved)]
    [InlineData(DecisionKinds.RefusedSignal)]
    [InlineData(DecisionKinds.Hold)]
    [InlineData(DecisionKinds.Rejected)]
    public void Finish_ArtefactFromTheClustersState_IsEqualInEveryStep(string kind)
    {
        var wanted = Tape.Last(kind);
        var artefact = StoredArtefact.Choose([State(Other()), State(Trained.Value)], wanted.Signal);

        var (steps, _) = Tape.Replay(wanted, artefact.Open);

        Assert.Equal(5, steps.Count);
        Assert.All(steps, step => Assert.Equal((StepOutcome.Equal, null), (step.Outcome, step.Field)));
    }

    [Fact]
    public void Finish_OneParameterALittleOff_DivergesAtTheScore()
    {
        var (steps, _) = Tape.Replay(Tape.Last(DecisionKinds.Approved), Other().Open);

        Assert.Equal((StepOutcome.Equal, StepOutcome.Diverges), (steps[0].Outcome, steps[1].Outcome));
        Assert.Equal("score", steps[1].Field);
    }

    [Fact]
    public void Choose_AnotherArtefactUnderTheId_IsRefusedWithBothHashes()
    {
        var signal = Tape.Decisions[^1].Signal;
        var message = Assert.Throws<ReplayException>(() => StoredArtefact.Choose([State(Other())], signal)).Message;

        Assert.Contains($"with hash {Trained.Value.Hash}", message, StringComparison.Ordinal);
        Assert.Contains($"one with hash {Other().Hash}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Artefact":null}""", "it contains no artefact")]
    [InlineData("""{"Artefact":"AAAA"}""", "not a complete zip")]
    [InlineData("""{"Artefact":"?"}""", "not readable")]
    [InlineData("{", "not readable")]
    [InlineData(null, "no model of this id")]
    public void Choose_NoArtefactThere_SaysWhatThereIs(string? state, string expected)
    {
        IReadOnlyList<byte[]> states = state is null ? [] : [System.Text.Encoding.UTF8.GetBytes(state)];
        var error = Assert.Throws<ReplayException>(() => StoredArtefact.Choose(states, Tape.Decisions[^1].Signal));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NothingGiven_NamesEveryPlace()
    {
        var message = Refusal(new ArtefactPlaces(null, null, null, false));
        Assert.Contains("--models", message, StringComparison.Ordinal);
        Assert.Contains("--postgres", message, StringComparison.Ordinal);
        Assert.Contains("does not answer", Refusal(new ArtefactPlaces(null, null, "Host=127.0.0.1;Port=1;Database=x", false)), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_RemadeSample_AddsUpToTheRawScore()
    {
        var folder = Directory.CreateTempSubdirectory("btcagent-replay-");
        try
        {
            var file = Path.Combine(folder.FullName, "model.zip");
            File.WriteAllBytes(file, Trained.Value.ToZip());
            var (sample, signal) = (Tape.Decisions[^1].Sample, Tape.Decisions[^1].Signal);
            var schema = FeatureSchema.Create(new FeatureOptions());
            using var opened = RecordedModel.Open(
                signal, schema, _ => StrategyCatalog.BuiltIn, wanted => new ArtefactPlaces(file, null, null, false).Find(wanted, CancellationToken.None));

            var explanation = ReplayExplanation.Of(opened.Explain(sample)!, sample, schema);

            Assert.Equal(schema.Count, explanation.Contributions.Length);
            Assert.Equal(explanation.RawScore, explanation.Baseline + explanation.Contributions.Sum(part => part.Contribution), 1e-9);
            Assert.Equal(signal.Score, Trained.Value.Manifest.Calibration.Apply(explanation.RawScore), 1e-4);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Refusal(ArtefactPlaces places) => Assert.Throws<ReplayException>(() => RecordedModel.Open(
        Tape.Decisions[^1].Signal,
        FeatureSchema.Create(new FeatureOptions()),
        _ => StrategyCatalog.BuiltIn,
        signal => places.Find(signal, CancellationToken.None))).Message;

    /// <summary>A model grain's state as stored in PostgreSQL.</summary>
    private static byte[] State(ModelArtefact artefact) =>
        JsonSerializer.SerializeToUtf8Bytes(new { Description = artefact.Describe(), Artefact = artefact.ToZip() });

    /// <summary>The same forest with a ninth digit of one parameter altered.</summary>
    private static ModelArtefact Other()
    {
        var (trained, calibration) = (Trained.Value, Trained.Value.Manifest.Calibration);
        return ModelArtefact.Create(
            trained.Manifest with { Calibration = calibration with { A = calibration.A - 1e-9 } }, trained.Text, trained.Onnx);
    }

    private static ModelArtefact Train()
    {
        var folder = Directory.CreateTempSubdirectory("btcagent-train-");
        try
        {
            var path = Path.Combine(folder.FullName, "model");
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            Assert.Equal(0, CommandTree.Invoke(
                [
                    "train", "--tape", RecordedData.Require(TapeRun.Tape), "--out", path, "--horizon", "5", "--barrier-bps", "0",
                    "--rounds", "5", "--min-rows", "5", "--folds", "2",
                ],
                new InvocationConfiguration { Output = output, Error = output }));
            var learned = ModelArtefact.Read(path);

            // A policy that enters and leaves often, whatever the model has learned.
            return ModelArtefact.Create(
                learned.Manifest with
                {
                    Calibration = new CalibrationCurve { Kind = CalibrationKind.Platt, A = -8, B = 0 },
                    Policy = new TradingPolicy(0.03, 0.01, 2_000, 0),
                },
                learned.Text,
                learned.Onnx);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

file static class Opening
{
    extension(ModelArtefact artefact)
    {
        public ISignalModel Open(FeatureSchema schema) => new ForestLoader().Open(artefact).CreateSignalModel(schema);
    }
}
