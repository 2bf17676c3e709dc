using System.Net;
using BtcAgent.Storage.Postgres;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;

namespace BtcAgent.Storage.Tests.Postgres;

/// <summary>The membership table's contract, through the provider that uses it.</summary>
public sealed class MembershipOnPostgresTests(PostgresServer server)
{
    private static readonly DateTime Now = new(2026, 3, 29, 2, 30, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InsertAndUpdate_OfTheVersionRead_AreKept()
    {
        var table = await TableAsync();
        var silo = Silo(1);
        var started = await table.ReadAllAsync(Token);
        Assert.Empty(started.Members);

        Assert.True(await table.InsertRowAsync(silo, await NextAsync(table), Token));
        silo.Status = SiloStatus.Dead;
        silo.SuspectTimes = [Tuple.Create(Silo(2).SiloAddress, Now)];
        Assert.True(await table.UpdateRowAsync(silo, await ETagAsync(table, silo), await NextAsync(table), Token));

        var (kept, _) = Assert.Single((await table.ReadRowAsync(silo.SiloAddress, Token)).Members);
        Assert.Equal(
            (silo.SiloAddress, silo.SiloName, silo.HostName, SiloStatus.Dead, silo.ProxyPort, Now, Now),
            (kept.SiloAddress, kept.SiloName, kept.HostName, kept.Status, kept.ProxyPort,
                kept.StartTime, kept.IAmAliveTime));
        Assert.Equal(silo.SuspectTimes, kept.SuspectTimes);
        Assert.Equal(2, (await table.ReadAllAsync(Token)).Version.Version);
    }

    [Fact]
    public async Task InsertAndUpdate_OfAStaleVersion_ChangeNothing()
    {
        var table = await TableAsync();
        var stale = await NextAsync(table);
        Assert.True(await table.InsertRowAsync(Silo(1), stale, Token));

        Assert.False(await table.InsertRowAsync(Silo(2), stale, Token));
        Assert.False(await table.InsertRowAsync(Silo(1), await NextAsync(table), Token));
        var changed = Silo(1);
        changed.Status = SiloStatus.Dead;
        var etag = await ETagAsync(table, changed);
        Assert.False(await table.UpdateRowAsync(changed, etag, stale, Token));
        Assert.False(await table.UpdateRowAsync(Silo(3), etag, await NextAsync(table), Token));

        var all = await table.ReadAllAsync(Token);
        Assert.Equal(1, all.Version.Version);
        Assert.Equal(SiloStatus.Active, Assert.Single(all.Members).Item1.Status);
        Assert.Empty((await table.ReadRowAsync(Silo(3).SiloAddress, Token)).Members);
    }

    [Fact]
    public async Task Insert_ManyOfOneVersionAtOnce_OneJoins()
    {
        var table = await TableAsync();
        var next = await NextAsync(table);

        var joined = await Task.WhenAll(Enumerable.Range(1, 8).Select(
            port => table.InsertRowAsync(Silo(port), next, Token)));

        Assert.Single(joined, true);
        var all = await table.ReadAllAsync(Token);
        Assert.Equal((1, 1), (all.Version.Version, all.Members.Count));
    }

    [Fact]
    public async Task Cleanup_SilosNotSeenSince_GoesExceptTheActive()
    {
        var table = await TableAsync();
        SiloStatus[] statuses = [SiloStatus.Active, SiloStatus.Dead, SiloStatus.Dead];
        for (var index = 0; index < statuses.Length; index++)
        {
            var silo = Silo(index);
            silo.Status = statuses[index];
            Assert.True(await table.InsertRowAsync(silo, await NextAsync(table), Token));
        }

        var seen = Silo(2);
        seen.IAmAliveTime = Now.AddDays(2);
        await table.UpdateIAmAliveAsync(seen, Token);
        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Now.AddDays(1)), Token);

        var kept = (await table.ReadAllAsync(Token)).Members.Select(member => member.Item1.SiloAddress.Endpoint.Port);
        Assert.Equal([0, 2], kept.Order());
        await table.DeleteMembershipTableEntriesAsync("cluster", Token);
        await table.InitializeMembershipTableAsync(true, Token);
        var all = await table.ReadAllAsync(Token);
        Assert.Equal((0, 0), (all.Version.Version, all.Members.Count));
    }

    private async Task<IMembershipTable> TableAsync()
    {
        var database = await server.NewDatabaseAsync();
        await new PostgresMigrator(NullLogger<PostgresMigrator>.Instance)
            .MigrateAsync(database, Token);
        IMembershipTable table = new AdoNetClusteringTable(
            null!,
            Options.Create(new ClusterOptions { ClusterId = "cluster", ServiceId = "service" }),
            Options.Create(new AdoNetClusteringSiloOptions
            {
                Invariant = PostgresConnection.Invariant,
                ConnectionString = PostgresConnection.ForOrleans(database),
            }),
            NullLogger<AdoNetClusteringTable>.Instance);
        await table.InitializeMembershipTableAsync(true, Token);
        return table;
    }

    /// <summary>The version after the table's current one.</summary>
    private static async Task<TableVersion> NextAsync(IMembershipTable table) =>
        (await table.ReadAllAsync(Token)).Version.Next();

    /// <summary>Without it the provider refuses an update before it calls the database.</summary>
    private static async Task<string> ETagAsync(IMembershipTable table, MembershipEntry silo) =>
        Assert.Single((await table.ReadRowAsync(silo.SiloAddress, Token)).Members).Item2;

    private static MembershipEntry Silo(int port) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, port, 7),
        SiloName = $"silo{port}",
        HostName = "host",
        Status = SiloStatus.Active,
        ProxyPort = 30_000,
        StartTime = Now,
        IAmAliveTime = Now,
    };
}
