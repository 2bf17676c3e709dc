namespace BtcAgent.Grains.Feeds;

/// <summary>This process's name as a lease holder: the silo's address, or another unique name.</summary>
public sealed record LeaseHolder(string Name);
