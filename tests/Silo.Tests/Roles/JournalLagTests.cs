using System.Text.Json;
using BtcAgent.Testing;
using Microsoft.Data.Sqlite;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>A running agent whose journal's disk hangs: it reports that its decisions are not stored.</summary>
public sealed class JournalLagTests : IDisposable
{
    private static readonly TimeSpan NoticeMax = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-journal-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Journal_CannotWrite_TripsSinkLagAndLetsGoWhenItCan()
    {
        await using var agent = await RunningAgent.StartAsync(
            _folder.FullName,
            [.. RunningAgent.Restless, new("Agent:Limits:CoolOffMinutes", "0"), new("Agent:Limits:System:SinkLagSeconds", "3")]);
        await Eventually.TrueAsync("a decision is kept", async () => (await agent.GetAsync("/api/v1/decisions?limit=1")).GetArrayLength() > 0, NoticeMax);

        using (var journal = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "journal.db")};Pooling=False"))
        {
            journal.Open();
            Execute(journal, "BEGIN IMMEDIATE"); // Another writer, for as long as the connection is open.
            await Eventually.TrueAsync("SINK_LAG trips", async () => await IsTrippedAsync(agent), NoticeMax);
            await Eventually.TrueAsync("reducing", async () => await ModeAsync(agent) == "reducing", NoticeMax);
            Execute(journal, "ROLLBACK");
        }


        await Eventually.TrueAsync("SINK_LAG releases", async () => !await IsTrippedAsync(agent), NoticeMax);
        await Eventually.TrueAsync("active", async () => await ModeAsync(agent) == "active", NoticeMax);
    }

    [Fact]
    public async Task Journal_CannotBeWrittenForAWhile_DecisionsAreReadFromMemoryAndStoredAfterwards()
    {
        string[] made;
        await using (var agent = await RunningAgent.StartAsync(_folder.FullName, [.. RunningAgent.Restless, new("History:Enabled", "false")]))
        {
            using var journal = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "journal.db")};Pooling=False");
            journal.Open();
            Execute(journal, "BEGIN IMMEDIATE");
            await Eventually.TrueAsync("decisions that cannot be stored", async () => (await IdsAsync(agent)).Length >= 5, NoticeMax);
            made = await IdsAsync(agent);
            Assert.NotEqual(JsonValueKind.Undefined, (await agent.GetAsync($"/api/v1/decisions/{made[^1]}")).ValueKind);
            Execute(journal, "ROLLBACK");
            await Eventually.TrueAsync("the last one is stored", () => Task.FromResult(Stored().Contains(made[0])), NoticeMax);
        }

        Assert.Subset(Stored(), made.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(["risk_decisions"], Directory.GetDirectories(Path.Combine(_folder.FullName, "facts"))
            .Where(topic => Directory.EnumerateFiles(topic).Any()).Select(Path.GetFileName));
    }

    private static async Task<string[]> IdsAsync(RunningAgent agent) =>
        [.. (await agent.GetAsync("/api/v1/decisions/summaries?limit=500")).EnumerateArray().Select(decision => decision.GetProperty("id").GetString()!)];

    private HashSet<string> Stored()
    {
        using var journal = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "journal.db")};Pooling=False;Mode=ReadOnly");
        journal.Open();
        using var command = journal.CreateCommand();
        command.CommandText = "SELECT id FROM decisions";
        using var row = command.ExecuteReader();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (row.Read())
        {
            ids.Add(row.GetString(0));
        }

        return ids;
    }

    private static async Task<bool> IsTrippedAsync(RunningAgent agent) =>
        (await agent.GetAsync("/api/v1/status")).GetProperty("tripped").GetProperty("main").EnumerateArray().Any(code => code.GetString() == "SINK_LAG");

    private static async Task<string?> ModeAsync(RunningAgent agent) =>
        (await agent.GetAsync("/api/v1/status")).GetProperty("breakers").GetProperty("main").GetProperty("mode").GetString();

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
