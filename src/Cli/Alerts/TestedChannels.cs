using BtcAgent.Contracts.Alerts;

namespace BtcAgent.Cli.Alerts;

/// <summary>Results of a test of every channel.</summary>
internal sealed record TestedChannels(IReadOnlyList<ChannelTest> Channels);
