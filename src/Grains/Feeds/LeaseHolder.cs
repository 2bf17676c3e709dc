namespace BtcAgent.Grains.Feeds;

/// <summary>Who this process is to the leases: the silo's address, or another name that no other process has.</summary>
public sealed record LeaseHolder(string Name);
