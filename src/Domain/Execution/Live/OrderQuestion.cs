namespace BtcAgent.Domain.Execution.Live;

/// <summary>An order whose record must be queried at the venue.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Name">Client order id at the venue.</param>
/// <param name="VenueOrderId">The venue's id; null queries by client order id.</param>
public sealed record OrderQuestion(string Id, string Name, string? VenueOrderId);
