using BtcAgent.Models.LightGbm.Artefacts;

namespace BtcAgent.Cli.Models;

/// <summary>What <c>model show --json</c> prints.</summary>
internal sealed record ShownModel(string Id, string Hash, ModelManifest Manifest);
