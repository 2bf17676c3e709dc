using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Keys;

/// <summary>The issued keys, without their secrets.</summary>
internal sealed record KeyList(IReadOnlyList<KeyView> Keys);
