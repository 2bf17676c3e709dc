using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Experiments;

/// <summary>The output of <c>ab … --json</c>.</summary>
internal sealed record ExperimentList(IReadOnlyList<ExperimentView> Experiments);
