using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Research.Replays;
using BtcAgent.Strategies;

namespace BtcAgent.Cli.Tests.Replays;

/// <summary>A decision of a strategy in C# is repeated only with the source that made it.</summary>
public sealed class StrategyReplayTests : IDisposable
{
    private const string Rule = "late(2)";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-replay-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Finish_SameSource_IsEqual()
    {
        Write("up");
        var tape = TapeRun.Record(schema => Catalog().CreateById(Rule, schema));
        var wanted = tape.Decisions[^1];

        var (steps, _) = tape.Replay(wanted, schema => Open(wanted.Signal, schema));

        Assert.NotNull(wanted.Signal.Reason);
        Assert.All(steps, step => Assert.Equal(StepOutcome.Equal, step.Outcome));
    }

    [Fact]
    public void Open_ChangedSource_IsRefusedWithBothHashes()
    {
        Write("up");
        var tape = TapeRun.Record(schema => Catalog().CreateById(Rule, schema));
        var signal = tape.Decisions[^1].Signal;
        Write("rising");

        var refusal = Assert.Throws<ModelRefusedException>(() => Open(signal, FeatureSchema.Create(new FeatureOptions()))).Message;

        Assert.StartsWith($"{signal.ModelHash} decided, and the strategy here is {Rule}@", refusal, StringComparison.Ordinal);
    }

    private StrategyCatalog Catalog() => StrategyFolder.Catalog(_folder.FullName);

    private ISignalModel Open(Signal signal, FeatureSchema schema) => RecordedModel.Open(
        signal, schema, _ => Catalog(), _ => throw new InvalidOperationException("a strategy has no artefact")).Model;

    private void Write(string reason) => File.WriteAllText(Path.Combine(_folder.FullName, "Late.cs"), $$"""
        public sealed class Late([Parameter(1, 60, "seconds of a bar")] int barSeconds = 1) : BarStrategy(barSeconds)
        {
            protected override StrategySignal OnBar(in Bar bar) => bar.Close > bar.Open ? Long("{{reason}}", 0.5) : Keep("not {{reason}}");

            protected override void SaveState(StateWriter writer)
            {
            }

            protected override void LoadState(StateReader reader)
            {
            }
        }
        """);
}
