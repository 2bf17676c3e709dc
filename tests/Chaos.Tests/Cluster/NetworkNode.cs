using System.Net;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>A network namespace with its own address, in which one process runs.</summary>
/// <param name="Name">Name for <c>ip netns exec</c>.</param>
/// <param name="Address">Address at which the other nodes and this process reach it.</param>
/// <param name="SeenAs">The loopback address that servers on loopback see instead.</param>
internal sealed record NetworkNode(string Name, IPAddress Address, IPAddress SeenAs);
