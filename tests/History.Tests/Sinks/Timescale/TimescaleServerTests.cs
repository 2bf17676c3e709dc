using BtcAgent.Domain.Features;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sinks.Timescale;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BtcAgent.History.Tests.Sinks.Timescale;

public sealed class TimescaleServerTests(PostgresServer server)
{
    private static CancellationToken Token => TimescaleRig.Token;

    [Fact]
    public async Task Open_PlainPostgres_SaysOnceWhatIsLost()
    {
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());

        await rig.Sink.OpenAsync(Token);
        await rig.Sink.OpenAsync(Token);

        var line = Assert.Single(rig.Log.Lines);
        Assert.Contains("native partitions", line, StringComparison.Ordinal);
        Assert.Contains("the server has no extension timescaledb", line, StringComparison.Ordinal);
        Assert.Contains("not compressed", line, StringComparison.Ordinal);
        Assert.Equal(FeatureSchema.Create(new FeatureOptions()).Count, await rig.ScalarAsync<long>("SELECT count(*) FROM trading.feature_names"));
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedForGood()
    {
        await using var rig = new TimescaleRig(await server.NewDatabaseAsync());
        await rig.Sink.OpenAsync(Token);
        await rig.ScalarAsync<object>("INSERT INTO trading.schema_migration VALUES (9999, '9999_future.sql', 'x')");

        var error = await Assert.ThrowsAsync<SinkException>(() => rig.Sink.OpenAsync(Token));

        Assert.True(error.IsFinal);
        Assert.Contains("9999_future.sql", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_UserWithoutCreateRight_IsRefusedAndLeavesNothing()
    {
        var database = await server.NewDatabaseAsync();
        await using var owner = new TimescaleRig(database);
        await owner.ScalarAsync<object>("CREATE ROLE history_reader LOGIN");
        await using var rig = new TimescaleRig(database.Replace("Username=postgres", "Username=history_reader", StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<SinkException>(() => rig.Sink.OpenAsync(Token));

        Assert.True(error.IsFinal);
        Assert.Contains("refuses user 'history_reader'", error.Message, StringComparison.Ordinal);
        Assert.Contains("schema trading", error.Message, StringComparison.Ordinal);
        Assert.False(await owner.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'trading')"));
    }

    [Theory]
    [InlineData("Database=absent", "has no database 'absent'")]
    [InlineData("Username=nobody", "refuses user 'nobody'")]
    [InlineData("Port=1", "does not answer")]
    public async Task Open_WrongConnection_SaysWhatToCorrectInOneLine(string change, string expected)
    {
        var database = await server.NewDatabaseAsync();
        await using var rig = new TimescaleRig($"{database};Password=s3cret;{change}");

        var error = await Assert.ThrowsAsync<SinkException>(() => rig.Sink.OpenAsync(Token));

        Assert.Equal(change != "Port=1", error.IsFinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(13, null, null, false, "PostgreSQL 13 is too old")]
    [InlineData(15, null, null, false, "has no extension")]
    [InlineData(15, "2.10", "2.10", false, "TimescaleDB 2.10 is older than 2.13")]
    [InlineData(16, "2.28", "2.28", true, "license=apache")]
    public void For_ServerWithoutWhatIsNeeded_FallsBackOrRefuses(int postgres, string? installed, string? available, bool isApache, string expected)
    {
        var found = new TimescaleServer(postgres, Parse(installed), Parse(available), isApache, null);
        var why = postgres < TimescaleChoice.PostgresMajorMin
            ? Assert.Throws<SinkException>(() => TimescaleChoice.For(found, useExtension: true)).Message
            : TimescaleChoice.For(found, useExtension: true).Why;
        Assert.Contains(expected, why, StringComparison.Ordinal);
    }

    [Fact]
    public void For_HypertablesAndALicenceThatForbidsThem_IsRefused()
    {
        var found = new TimescaleServer(16, new(2, 28), new(2, 28), true, TimescaleKind.Hypertables);
        Assert.Contains("licence apache", Assert.Throws<SinkException>(() => TimescaleChoice.For(found, true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_ExtensionAvailableButNotCreated_CreatesIt()
    {
        Assert.True(TimescaleChoice.For(new(16, null, new(2, 28), false, null), useExtension: true).CreateExtension);
        Assert.Equal(TimescaleKind.Partitions, TimescaleChoice.For(new(16, null, new(2, 28), false, null), useExtension: false).Kind);
    }

    [Theory]
    [InlineData("2.23.0", 2, 23)]
    [InlineData("2.23.0-dev", 2, 23)]
    [InlineData("nightly", 0, 0)]
    public void ParseVersion_Text_IsMajorAndMinor(string text, int major, int minor) =>
        Assert.Equal(new Version(major, minor), TimescaleServer.ParseVersion(text));

    [Theory]
    [InlineData(6, "MarketDataRetentionDays is 6")]
    [InlineData(40_000, "MarketDataRetentionDays")]
    public void AddTimescaleSink_RetentionOutOfRange_IsRefusedAtStart(int days, string expected)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddTimescaleSink(options =>
        {
            options.ConnectionString = "Host=127.0.0.1";
            options.MarketDataRetentionDays = days;
        });
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IFactSink>);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static Version? Parse(string? text) => text is null ? null : Version.Parse(text);
}
