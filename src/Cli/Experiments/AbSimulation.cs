using System.Collections.Immutable;
using BtcAgent.Research.Experiments;

namespace BtcAgent.Cli.Experiments;

/// <summary>The output of <c>ab simulate --json</c>.</summary>
internal sealed record AbSimulation(
    int Seed,
    int Experiments,
    double Alpha,
    int? HorizonDays,
    int Looks,
    int DaysMax,
    SimulatedProfits Profits,
    ImmutableArray<ScenarioResult> Scenarios);
