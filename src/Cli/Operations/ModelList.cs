using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Operations;

/// <summary>The registered models.</summary>
internal sealed record ModelList(IReadOnlyList<ModelView> Models);
