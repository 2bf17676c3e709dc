using System.Collections.Immutable;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Signals;
using BtcAgent.Contracts.Trading;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;
using BtcAgent.Grains.Keys;
using BtcAgent.Grains.Measurement;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Signals;

/// <summary>Scores one strategy's samples and asks risk about each signal.</summary>
internal sealed class SignalGrain(
    IOptions<AgentOptions> options,
    IDecisionJournal journal,
    ILatencyBoard latencies,
    TimeProvider time) : Grain, ISignalGrain
{
    private const int SignalsKept = 500;

    private readonly Queue<Signal> _recent = new();
    private SignalEngine _engine = null!;
    private StrategyOptions _strategy = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (instrument, name) = GrainKeys.Split(this.GetPrimaryKeyString());
        _strategy = options.Value.Strategies.FirstOrDefault(s => s.Instrument == instrument && s.Name == name)
            ?? throw new ArgumentException(
                $"no strategy '{name}' on {instrument} is configured; known: {string.Join(", ", options.Value.Strategies.Select(s => $"{s.Instrument}/{s.Name}"))}");
        var schema = FeatureSchema.Create(options.Value.Features);
        var model = SignalModels.Create(_strategy.Model, _strategy.Parameters, schema);
        _engine = new SignalEngine(InstrumentId.Parse(instrument), name, model, options.Value.Signals);
        return Task.CompletedTask;
    }

    public async Task<Decision> Evaluate(FeatureSample sample)
    {
        var started = time.GetTimestamp();
        var signal = _engine.Evaluate(sample);
        latencies.Record(LatencyStage.FeaturesToSignal, time.GetElapsedTime(started));
        _recent.Enqueue(signal);
        if (_recent.Count > SignalsKept)
        {
            _recent.Dequeue();
        }

        var risk = await GrainFactory.GetGrain<IRiskGrain>(_strategy.Portfolio).Assess(signal, sample);
        var decision = new Decision
        {
            Id = risk.Decision,
            Portfolio = _strategy.Portfolio,
            Sample = sample,
            Signal = signal,
            Risk = risk,
        };
        AgentMeter.Decisions.Add(1, new KeyValuePair<string, object?>("outcome", risk.Outcome.ToString()));
        journal.Append(decision);
        return decision;
    }

    public Task<ImmutableArray<Signal>> GetRecent(int limit) =>
        Task.FromResult<ImmutableArray<Signal>>([.. _recent.Reverse().Take(Math.Clamp(limit, 1, SignalsKept))]);
}
