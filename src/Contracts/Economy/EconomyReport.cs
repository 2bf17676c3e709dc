using BtcAgent.Domain.Economy;

namespace BtcAgent.Contracts.Economy;

/// <summary>Report of the process that reads economic releases.</summary>
/// <param name="Epoch">Lease epoch of the writer.</param>
/// <param name="Status">Its state.</param>
/// <param name="Notice">A new notice; null without one.</param>
[GenerateSerializer, Immutable, Alias("EconomyReport")]
public sealed record EconomyReport([property: Id(0)] long Epoch, [property: Id(1)] EconomyStatus Status, [property: Id(2)] CalendarNotice? Notice);
