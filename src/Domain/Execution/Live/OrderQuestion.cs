namespace BtcAgent.Domain.Execution.Live;

/// <summary>An order whose record at the venue has to be read.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Name">Client order id at the venue.</param>
/// <param name="VenueOrderId">The venue's; null asks by name.</param>
public sealed record OrderQuestion(string Id, string Name, string? VenueOrderId);
