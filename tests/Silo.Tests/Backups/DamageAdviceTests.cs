using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Backups;

namespace BtcAgent.Silo.Tests.Backups;

/// <summary>A damaged database ends the start with one line that names the newest good backup and the command.</summary>
public sealed class DamageAdviceTests : IDisposable
{
    private readonly BackupFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("state.db")]
    [InlineData("journal.db")]
    public async Task Start_DatabaseDamaged_NamesTheNewestGoodBackup(string file)
    {
        await _folder.WriteAsync();
        var good = await _folder.BackUpAsync();
        var bad = await _folder.BackUpAsync();
        Damage(Path.Combine("backups", bad), 0.5);
        Damage(file, 0);
        var said = Refusal();

        Assert.StartsWith($"'{Path.Combine(_folder.Data, file)}' is damaged or not a BtcAgent database", said, StringComparison.Ordinal);
        Assert.EndsWith($"restore it with: btcagent backup restore {good} --data {_folder.Data} --force", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    [Fact]
    public async Task Start_DatabaseDamagedAndNoBackup_SaysSo()
    {
        await _folder.WriteAsync();
        Damage("state.db", 0);
        Assert.EndsWith($"there is no backup in '{Path.Combine(_folder.Data, "backups")}'", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DatabaseDamagedAndKeyMissing_NamesTheBackupUnchecked()
    {
        await _folder.WriteAsync();
        var name = await _folder.BackUpAsync(BackupKey.Parse("correct horse battery staple"));
        Damage("state.db", 0);
        var said = Refusal();
        Assert.Contains("not checked because its key is not set", said, StringComparison.Ordinal);
        Assert.Contains($"btcagent backup restore {name} --data", said, StringComparison.Ordinal);
    }

    private string Refusal() => Assert.Throws<StartupException>(
        () => AgentHost.Build(new AgentSettings { Port = 0, DataFolder = _folder.Data })).Message;

    private void Damage(string name, double share)
    {
        using var file = File.OpenWrite(Path.Combine(_folder.Data, name));
        file.Position = (long)(file.Length * share);
        file.Write(Enumerable.Repeat((byte)0x5a, 64).ToArray());
    }
}
