namespace BtcAgent.Social.Sources;

/// <summary>A post whose text and author must be removed everywhere; derived numbers may stay.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Id">The post's id there.</param>
/// <param name="Reason">Why.</param>
/// <param name="FoundAt">When we learned it.</param>
public sealed record PostRemoval(string Source, string Id, RemovalReason Reason, Timestamp FoundAt);
