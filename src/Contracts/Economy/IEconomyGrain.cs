using BtcAgent.Domain.Economy;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Economy;

/// <summary>
/// The knowledge of economic releases: one writer, which holds the lease of the source, and every feed as a reader. Kept in memory only: the writer repeats
/// it every five minutes.
/// </summary>
[Alias("IEconomyGrain")]
public interface IEconomyGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "calendar";

    /// <summary>Takes a report; a notice with a number that is not above the last one is left out.</summary>
    /// <returns>False for a writer whose lease has passed to another one.</returns>
    [Alias("Report")]
    Task<bool> Report(EconomyReport report);

    /// <summary>The last notice; null before the first.</summary>
    [Alias("GetNotice"), ReadOnly]
    Task<CalendarNotice?> GetNotice();

    /// <summary>The last report's status.</summary>
    [Alias("GetStatus"), ReadOnly]
    Task<EconomyStatus> GetStatus();
}
