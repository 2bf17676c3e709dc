using BtcAgent.Contracts.Economy;
using BtcAgent.Domain.Economy;

namespace BtcAgent.Grains.Economy;

/// <summary>Keeps the last notice and status in memory only.</summary>
internal sealed class EconomyGrain : Grain, IEconomyGrain
{
    private CalendarNotice? _notice;
    private EconomyStatus _status = EconomyStatus.None;
    private long _epoch;

    public Task<bool> Report(EconomyReport report)
    {
        if (report.Epoch < _epoch)
        {
            return Task.FromResult(false);
        }

        (_epoch, _status) = (report.Epoch, report.Status);
        if (report.Notice is { } notice && notice.Number > (_notice?.Number ?? 0))
        {
            _notice = notice;
        }

        return Task.FromResult(true);
    }

    public Task<CalendarNotice?> GetNotice() => Task.FromResult(_notice);

    public Task<EconomyStatus> GetStatus() => Task.FromResult(_status);
}
