using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Operations;

/// <summary>A model's watches.</summary>
/// <param name="Id">The model.</param>
/// <param name="Runs">Each instrument that serves it.</param>
internal sealed record ModelDrift(string Id, IReadOnlyList<ModelRunView> Runs);
