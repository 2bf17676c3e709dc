using BtcAgent.Contracts.Backups;
using BtcAgent.Silo.Backups;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Backups;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Silo.Tests.Backups;

public sealed class BackupScheduleTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly BackupFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_EveryDay_BacksUpAndKeepsTheNewest()
    {
        await _folder.WriteAsync();
        var options = new BackupOptions { Keep = 2 };
        using var place = BackupPlace.Open(options, _folder.Data, _time);
        using var schedule = Start(place, options);
        await WaitAsync(schedule, "first is due", status => status.NextAt == _time.Start.AddMinutes(2));
        Assert.Equal(0, schedule.Read().Kept);

        _time.Advance(TimeSpan.FromMinutes(2));
        for (var day = 1; day <= 3; day++)
        {
            var (number, due) = (Math.Min(day, 2), _time.GetUtcNow().AddHours(24));
            await WaitAsync(schedule, $"backup {day}", status => status.Kept == number && status.NextAt == due);
            _time.Advance(TimeSpan.FromHours(24));
        }

        Assert.Null(schedule.Read().Problem);
        Assert.False(schedule.Read().IsEncrypted);
        await schedule.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Start_AfterARestart_CountsFromTheNewestBackup()
    {
        await _folder.WriteAsync();
        var options = new BackupOptions();
        using var place = BackupPlace.Open(options, _folder.Data, _time);
        await place.Archive.CreateAsync(_folder.Data, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromHours(10));
        using var schedule = Start(place, options);
        await WaitAsync(schedule, "the day is counted on", status => status.NextAt == _time.Start.AddHours(24));
        await schedule.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Run_StoreFails_ShowsWhyAndTriesAgain()
    {
        await _folder.WriteAsync();
        var blocked = Path.Combine(_folder.Root, "blocked");
        File.WriteAllText(blocked, "a file where the folder should be");
        var options = new BackupOptions { Store = { Path = blocked } };
        using var place = BackupPlace.Open(options, _folder.Data, _time);
        using var schedule = Start(place, options);
        await WaitAsync(schedule, "due", status => status.NextAt is not null);
        _time.Advance(TimeSpan.FromMinutes(2));
        await WaitAsync(schedule, "a problem", status => status.Problem is not null && status.NextAt == _time.GetUtcNow().AddHours(1));
        Assert.Contains(blocked, schedule.Read().Problem, StringComparison.Ordinal);

        File.Delete(blocked);
        _time.Advance(TimeSpan.FromHours(1));
        await WaitAsync(schedule, "a backup", status => status is { Kept: 1, Problem: null });
        await schedule.StopAsync(TestContext.Current.CancellationToken);
    }

    private BackupSchedule Start(BackupPlace place, BackupOptions options)
    {
        var schedule = new BackupSchedule(
            place, Options.Create(options), new AgentSettings { DataFolder = _folder.Data }, _time, NullLogger<BackupSchedule>.Instance);
        _ = schedule.StartAsync(CancellationToken.None);
        return schedule;
    }

    private static Task WaitAsync(BackupSchedule schedule, string what, Func<BackupStatus, bool> condition) =>
        Eventually.TrueAsync(what, () => Task.FromResult(condition(schedule.Read())), Soon, () => schedule.Read().ToString());
}
