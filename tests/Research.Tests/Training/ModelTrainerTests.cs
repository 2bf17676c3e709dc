using System.Collections.Immutable;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Reports;
using BtcAgent.Research.Training;
using BtcAgent.Research.Weights;

namespace BtcAgent.Research.Tests.Training;

public sealed class ModelTrainerTests
{
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");
    private static readonly TrainingPlan Plan = new()
    {
        Folds = 3,
        Rounds = 25,
        MinRowsInLeaf = 20,
        Leaves = 7,
        LearningRate = 0.2,
        FeeBps = 1,
        Threads = 1,
    };

    [Fact]
    public void Run_PredictableMarket_EarnsAndRepeatsToTheByte()
    {
        var dataset = Make(predictable: true);

        var run = Train(dataset, Plan);

        Assert.True(run.Calibrated.Auc > 0.75, $"AUC {run.Calibrated.Auc}");
        Assert.True(run.OutOfSample.FinalCash > run.OutOfSample.InitialCash);
        Assert.Equal("signal", run.Importance[0].Name);
        Assert.Equal(run.Artefact!.ToZip(), Train(dataset, Plan).Artefact!.ToZip());
        Assert.Equal(run.Artefact.Text, Train(dataset, Plan with { Threads = 2 }).Artefact!.Text);
        Assert.NotEqual(run.Artefact.Id, Train(dataset, Plan with { Seed = 2 }).Artefact!.Id);
        Assert.Equal(run.Artefact.Id, ModelArtefact.ReadZip(run.Artefact.ToZip()).Id);
        Assert.All(run.Folds, f => Assert.True(f.TrainTo < f.TestFrom));
        Assert.True(run.Artefact.Manifest.Parity.Rows >= 20_000);
        var reference = run.Artefact.Manifest.ToBaseline().Distributions!;
        Assert.All(reference.Bins, bins => Assert.Equal(reference.Bins[0].Rows, bins.Rows));
        Assert.Equal((TimeSpan.FromSeconds(5), run.Calibrated.Brier), (run.Artefact.Manifest.ToBaseline().Horizon, run.Artefact.Manifest.ToBaseline().Brier));
        Assert.True(reference.Scores!.Missing == 0 && reference.Scores.Edges[0] >= 0 && reference.Scores.Edges[^1] <= 1);
    }

    [Fact]
    public void Run_Noise_NeverTradesAndSaysSo()
    {
        var run = Train(Make(predictable: false), Plan with { FeeBps = 20 });

        Assert.InRange(run.Calibrated.Auc, 0.4, 0.6);
        var content = ReportContent.Of(run);
        Assert.False(content.Verdict.Survives);
        Assert.Contains(content.Verdict.State, new[] { VerdictState.TooFewTrades, VerdictState.LosesToCosts });
        Assert.True(run.OutOfSample.FinalCash <= run.OutOfSample.InitialCash);
    }

    [Fact]
    public void Report_AnyRun_HasNoUndefinedNumberAndEscapes()
    {
        var content = ReportContent.Of(Train(Make(predictable: true), Plan)) with { Title = "<script>alert(1)</script>" };

        var page = HtmlReport.Render(content);

        Assert.Equal(page, HtmlReport.Render(content));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(content.Verdict.Headline()), page, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(JsonReport.Render(content));
        Assert.Equal(content.Metrics.TotalReturn, json.RootElement.GetProperty("metrics").GetProperty("totalReturn").GetDouble());
    }

    [Fact]
    public void Run_Cancelled_Throws()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => new ModelTrainer(
            Make(predictable: true), Plan, ImmutableSortedDictionary<string, string>.Empty, LookAheadReport.LivePipeline).Run("test", true, null, stop.Token));
    }

    [Fact]
    public void Run_TooFewRows_SaysSo() => Assert.Throws<ArgumentException>(
        () => Train(Make(predictable: true, rows: 20), Plan));

    private static TrainingRun Train(StoredDataset dataset, TrainingPlan plan) =>
        new ModelTrainer(dataset, plan, ImmutableSortedDictionary<string, string>.Empty, LookAheadReport.LivePipeline)
            .Run("test", withModel: true, null, TestContext.Current.CancellationToken);

    /// <summary>Prices that walk; the first feature is the next five steps' drift with noise, or noise alone.</summary>
    private static StoredDataset Make(bool predictable, int rows = 3_000)
    {
        const int Columns = 3;
        var random = new Random(11);
        var (times, prices, values) = (new Timestamp[rows], new double[rows], new float[rows * Columns]);
        var (price, drift) = (60_000.0, 0.0);
        for (var i = 0; i < rows; i++)
        {
            if (i % 20 == 0)
            {
                drift = random.Next(2) == 0 ? 3 : -3;
            }

            times[i] = Timestamp.FromUnixMilliseconds(1_700_000_000_000 + (i * 1_000L));
            prices[i] = price;
            values[i * Columns] = (float)((predictable ? drift : 0) + (2 * (random.NextDouble() - 0.5)));
            values[(i * Columns) + 1] = (float)random.NextDouble();
            values[(i * Columns) + 2] = i % 7 == 0 ? float.NaN : (float)random.NextDouble();
            price *= 1 + ((drift + (8 * (random.NextDouble() - 0.5))) * 1e-4);
        }

        var data = new FeatureDataset(Instrument, 42, ["signal", "noise", "gaps"], times, prices, values);
        var labels = new FixedHorizonLabeler(TimeSpan.FromSeconds(5)).Label(data, PricePath.FromRows(data, TimeSpan.FromSeconds(2)));
        return new StoredDataset(data, labels, UniquenessWeights.Of(data, labels));
    }
}
