using System.Text.Json.Nodes;
using BtcAgent.Cli.Replays;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Domain.Trading;
using BtcAgent.Research.Replays;

namespace BtcAgent.Cli.Tests.Replays;

public sealed class DecisionReplayTests
{
    private const string Rule = "flow-momentum(0.2,0.05)";
    private static readonly Lazy<TapeRun> Recorded = new(() => TapeRun.Record(schema => StrategyCatalog.BuiltIn.CreateById(Rule, schema)));

    private static TapeRun Tape => Recorded.Value;

    [Theory]
    [InlineData(DecisionKinds.Approved)]
    [InlineData(DecisionKinds.RefusedSignal)]
    [InlineData(DecisionKinds.Hold)]
    [InlineData(DecisionKinds.Rejected)]
    public void Finish_SameLog_IsEqualInEveryStep(string kind)
    {
        var (steps, divergence) = Tape.Replay(Tape.Last(kind));
        Assert.All(steps, step => Assert.Equal((StepOutcome.Equal, null), (step.Outcome, step.Field)));
        Assert.Equal(
            [StepNames.Features, StepNames.Score, StepNames.Signal, StepNames.Verdict, StepNames.Order], steps.Select(step => step.Step));
        Assert.Null(divergence);
    }

    [Fact]
    public void Finish_LogWithTalliesOfPosts_IsEqualInEveryStepWithItsSentiment()
    {
        var tape = TapeRun.Record(schema => StrategyCatalog.BuiltIn.CreateById(Rule, schema), withPosts: true);
        var wanted = tape.Last(DecisionKinds.Approved);

        Assert.All(wanted.Sample.Values[^10..^3], value => Assert.True(float.IsFinite(value)));
        Assert.All(tape.Replay(wanted).Steps, step => Assert.Equal((StepOutcome.Equal, null), (step.Outcome, step.Field)));
    }

    [Fact]
    public void Finish_OneBidAltered_SaysWhereFeaturesDiverge()
    {
        var wanted = Tape.Last(DecisionKinds.Approved);
        var altered = wanted with
        {
            Sample = wanted.Sample with
            {
                Quote = wanted.Sample.Quote with { Bid = Price.FromUnits(wanted.Sample.Quote.Bid.Units + 1) },
            },
        };
        var features = Tape.Replay(altered).Steps[0];
        Assert.Equal((StepOutcome.Diverges, "bid"), (features.Outcome, features.Field));
        Assert.NotEqual(features.RecordedHex, features.ReplayedHex);
    }

    [Fact]
    public void Finish_LastDigitOfAFeatureAltered_NamesIt()
    {
        var wanted = Tape.Last(DecisionKinds.Approved);
        var values = wanted.Sample.Values;
        var altered = wanted with { Sample = wanted.Sample with { Values = values.SetItem(3, MathF.BitIncrement(values[3])) } };
        var features = Tape.Replay(altered).Steps[0];
        Assert.Equal(StepOutcome.Diverges, features.Outcome);
        Assert.Equal(FeatureSchema.Create(new FeatureOptions()).Definitions[3].Name, features.Field);
    }

    [Theory]
    [InlineData("flow-momentum(0.9,0.1)", "confidence")]
    [InlineData("flow-momentum(0.2,0.0500001)", "model")]
    public void Finish_OtherModel_SaysWhereTheScoreDiverges(string other, string field)
    {
        // A rule with a higher entry threshold is flat too, with a different confidence.
        var wanted = Tape.Decisions.Last(decision => DecisionKinds.Of(decision) == DecisionKinds.Approved && decision.Signal.Direction == SignalDirection.Flat);
        var (steps, _) = Tape.Replay(wanted, schema => StrategyCatalog.BuiltIn.CreateById(other, schema));
        Assert.Equal((StepOutcome.Equal, StepOutcome.Diverges), (steps[0].Outcome, steps[1].Outcome));
        Assert.Equal(field, steps[1].Field);
    }

    [Fact]
    public void Finish_ThresholdAltered_DivergesAtTheSignal()
    {
        var wanted = Tape.Decisions.Last(decision => decision.Signal.IsValid && decision.Signal.Direction != SignalDirection.Flat);
        var altered = wanted with { Signal = wanted.Signal with { Gate = wanted.Signal.Gate! with { MinConfidence = 2 } } };
        var steps = Tape.Replay(altered).Steps;
        Assert.Equal((StepNames.Signal, StepOutcome.Diverges, "refusals"), (steps[2].Step, steps[2].Outcome, steps[2].Field));
        Assert.Equal([StepOutcome.Equal, StepOutcome.Equal], steps.Take(2).Select(step => step.Outcome));
    }

    [Theory]
    [InlineData(DecisionKinds.Approved)]
    [InlineData(DecisionKinds.Rejected)]
    public void Finish_LimitAltered_DivergesAtTheVerdict(string kind)
    {
        var wanted = Tape.Last(kind);
        var less = FactsWire.DecodeDecision(FactsWire.Encode(wanted)).Risk.Evidence!.Limits;
        less.MaxOrderNotional = 1;
        var steps = Tape.Replay(wanted with { Risk = wanted.Risk with { Evidence = wanted.Risk.Evidence! with { Limits = less } } }).Steps;
        Assert.Equal(
            [StepOutcome.Equal, StepOutcome.Equal, StepOutcome.Equal, StepOutcome.Diverges], steps.Take(4).Select(step => step.Outcome));
    }

    [Fact]
    public void Finish_EquityOfAHoldAltered_DivergesAtTheVerdict()
    {
        var wanted = Tape.Last(DecisionKinds.Hold);
        var evidence = wanted.Risk.Evidence!;
        var poorer = evidence with { Portfolio = evidence.Portfolio with { Equity = evidence.Portfolio.Equity * 0.9m } };
        var steps = Tape.Replay(wanted with { Risk = wanted.Risk with { Evidence = poorer } }).Steps;
        Assert.Equal(StepOutcome.Diverges, steps.Single(step => step.Step == StepNames.Verdict).Outcome);
    }

    [Fact]
    public void Finish_HistoryLost_DoesNotPretendToKnowTheScore()
    {
        // Still long although its score is below the entry threshold: only a model that remembers its entry decides this.
        var wanted = Tape.Decisions.Last(decision => decision.Signal.IsValid && decision.Signal.Direction != SignalDirection.Flat
            && Math.Abs(decision.Signal.Score) < 0.2);

        Assert.All(Tape.Replay(wanted).Steps, step => Assert.Equal(StepOutcome.Equal, step.Outcome));
        var steps = Tape.Replay(wanted, historyMax: 0).Steps;

        Assert.Equal(StepOutcome.Equal, steps[0].Outcome);
        Assert.All(steps.Skip(1), step => Assert.Equal(StepOutcome.NotMade, step.Outcome));
        Assert.Contains($"had scored {wanted.Signal.ModelSamples - 1} samples before, the log has 0", steps[1].Remark, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DecisionKinds.Hold)]
    [InlineData(DecisionKinds.Approved)]
    public void Finish_OfAnOlderVersion_SaysWhatCannotBeMade(string kind)
    {
        var wanted = Tape.Last(kind);
        var older = wanted with { Signal = wanted.Signal with { Gate = null, ModelSamples = 0 }, Risk = wanted.Risk with { Evidence = null } };
        var steps = Tape.Replay(older).Steps;

        Assert.Equal([StepOutcome.Equal, StepOutcome.Equal], steps.Take(2).Select(step => step.Outcome));
        Assert.All(steps.Skip(2), step => Assert.Equal(StepOutcome.NotMade, step.Outcome));
        Assert.All(steps.Skip(2), step => Assert.Contains("a version that did not store", step.Remark, StringComparison.Ordinal));
    }

    [Fact]
    public void Finish_RiskStateTooLargeToKeep_SaysSo()
    {
        var wanted = Tape.Last(DecisionKinds.Hold);
        var steps = Tape.Replay(wanted with { Risk = wanted.Risk with { Evidence = null } }).Steps;
        Assert.Contains("more than 8 positions", steps[3].Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_NoModelThen_IsEqual()
    {
        var tape = TapeRun.Record(_ => new AbsentModel("no champion yet"));
        var (steps, _) = tape.Replay(
            tape.Decisions[^1], schema => RecordedModel.Open(
                tape.Decisions[^1].Signal, schema, _ => StrategyCatalog.BuiltIn, signal => new ArtefactPlaces(null, null, null, false).Find(signal, default)).Model);
        Assert.All(steps, step => Assert.Equal(StepOutcome.Equal, step.Outcome));
    }

    [Fact]
    public void Finish_FeatureOptionsOfTheCluster_AreThoseOfTheRecord()
    {
        var tape = TapeRun.Record(
            schema => StrategyCatalog.BuiltIn.CreateById(Rule, schema),
            new FeatureOptions { SampleIntervalMs = 2_000, BarIntervalMs = 3_000, VpinBucketBase = 0.5 });
        var wanted = tape.Last(DecisionKinds.Approved);

        Assert.NotEqual(FeatureSchema.Create(new FeatureOptions()).Hash, wanted.Sample.SchemaHash);
        Assert.Equal((2_000, 3_000, 0.5), (wanted.Sample.Options!.SampleIntervalMs, wanted.Sample.Options.BarIntervalMs, wanted.Sample.Options.VpinBucketBase));
        Assert.All(tape.Replay(wanted).Steps, step => Assert.Equal((StepOutcome.Equal, null), (step.Outcome, step.Field)));
    }

    [Fact]
    public void Finish_RefusalInTheWordsOfAnotherVersion_IsEqualWithARemark()
    {
        var wanted = Tape.Last(DecisionKinds.RefusedSignal);
        var refusal = wanted.Signal.Refusals[0];
        var (steps, divergence) = Tape.Replay(wanted with
        {
            Signal = wanted.Signal with { Refusals = wanted.Signal.Refusals.SetItem(0, refusal with { Detail = "said in another way" }) },
        });

        Assert.All(steps, step => Assert.Equal(StepOutcome.Equal, step.Outcome));
        Assert.Equal($"{refusal.Code} detail: recorded \"said in another way\", this version writes \"{refusal.Detail}\"", steps[2].Remark);
        Assert.All(steps.Where(step => step.Step != StepNames.Signal), step => Assert.Null(step.Remark));
        Assert.Null(divergence);
    }

    [Fact]
    public void Finish_AnotherRefusal_DivergesAtTheSignal()
    {
        var wanted = Tape.Last(DecisionKinds.RefusedSignal);
        var steps = Tape.Replay(wanted with
        {
            Signal = wanted.Signal with { Refusals = wanted.Signal.Refusals.SetItem(0, wanted.Signal.Refusals[0] with { Code = "ANOTHER" }) },
        }).Steps;

        Assert.Equal(StepOutcome.Diverges, steps[2].Outcome);
    }

    [Fact]
    public void Finish_RecordWithoutFeatureOptions_IsMadeWithTheDefaults()
    {
        var record = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Tape.Last(DecisionKinds.Approved), FactsWire.Json))!;
        Assert.True(record["sample"]!.AsObject().Remove("options"));
        var older = System.Text.Json.JsonSerializer.Deserialize<Decision>(record, FactsWire.Json)!;

        Assert.Null(older.Sample.Options);
        Assert.All(Tape.Replay(older).Steps, step => Assert.Equal((StepOutcome.Equal, null), (step.Outcome, step.Field)));
    }
}
