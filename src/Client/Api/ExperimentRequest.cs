namespace BtcAgent.Client.Api;

/// <summary>Begins an experiment.</summary>
/// <param name="Challenger">Id of a model in shadow.</param>
/// <param name="Reason">Why; 3 to 200 characters.</param>
public sealed record ExperimentRequest(string? Challenger, string? Reason);
