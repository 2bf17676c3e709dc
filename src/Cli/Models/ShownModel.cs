using BtcAgent.Models.LightGbm.Artefacts;

namespace BtcAgent.Cli.Models;

/// <summary>The output of <c>model show --json</c>.</summary>
internal sealed record ShownModel(string Id, string Hash, ModelManifest Manifest);
