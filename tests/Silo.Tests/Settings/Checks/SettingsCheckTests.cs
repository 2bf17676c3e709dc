using System.Text;
using BtcAgent.Silo.Settings.Checks;
using Microsoft.Extensions.Configuration;

namespace BtcAgent.Silo.Tests.Settings.Checks;

[Collection(EnvironmentCollection.Name)]
public sealed class SettingsCheckTests
{
    [Theory]
    [InlineData("Agent:Limits:MaxSpredBps", "5", "Agent:Limits:MaxSpredBps (--set): unknown setting: did you mean Agent:Limits:MaxSpreadBps?")]
    [InlineData("Agent:Limits:System:FeedStalness", "5", "did you mean Agent:Limits:System:FeedStalenessMs?")]
    [InlineData("Agent:Strategies:0:Modell", "x", "did you mean Agent:Strategies:0:Model?")]
    [InlineData("Agent:Limit:MaxSpreadBps", "5", "did you mean Agent:Limits?")]
    [InlineData("Agnet:Limits:MaxSpreadBps", "5", "there is no section Agnet, did you mean Agent?")]
    [InlineData("Nonsense:A:B", "5", "there is no section Nonsense; there are Agent, Alerts, Backup, Binance")]
    [InlineData("Cluster:Tls:Certficate", "a.pem", "did you mean Cluster:Tls:Certificate?")]
    [InlineData("Cluster:Tsl:Certificate", "a.pem", "did you mean Cluster:Tls?")]
    [InlineData("Cluster:Tls:IsOn", "true", "unknown setting")]
    [InlineData("Kafka:Cleint:acks", "1", "did you mean Kafka:Client?")]
    [InlineData("Simulator:Accounts:0:Balances:USDT:x", "1", "is a value, not a section")]
    [InlineData("Agent:Instruments", "BINANCE:BTCUSDT", "it is a list: set Agent:Instruments:0")]
    [InlineData("Agent:Instruments:first", "BINANCE:BTCUSDT", "is a list with entries 0, 1")]
    [InlineData("Agent:Limits", "5", "it is a section, not a value")]
    [InlineData("Agent:Limits:MaxSpreadBps:x", "5", "is a value, not a section")]
    [InlineData("Agent:Limits:MaxSpreadBps", "narrow", "Agent:Limits:MaxSpreadBps is 'narrow' (--set): a number, such as 0.5, is required")]
    [InlineData("Agent:Limits:MaxOpenOrders", "1.5", "Agent:Limits:MaxOpenOrders is '1.5' (--set): a whole number (-2147483648…2147483647) is required")]
    [InlineData("Agent:Limits:AllowShort", "yes", "true or false is required")]
    [InlineData("Agent:Limits:System:Action", "Explode", "one of Deny, Reduce, Flatten, Halt is required")]
    [InlineData("Social:Source", "7", "Social:Source is '7' (--set): one of Simulated, X, None is required")]
    [InlineData("Social:Source", "X, None", "Social:Source is 'X, None' (--set): one of Simulated, X, None is required")]
    [InlineData("Agent:Strategies:0:Parameters:fast", "quick", "Agent:Strategies:0:Parameters:fast is 'quick' (--set)")]
    [InlineData("Binance:ClockSamples", "", "Binance:ClockSamples is '' (--set): a whole number")]
    [InlineData("Logging:LogLevel:Default", "Informaton", "Logging:LogLevel:Default is 'Informaton' (--set): one of Trace, Debug")]
    [InlineData("Agent:Limits:MaxSpreadBps", "-1", "Agent:Limits:MaxSpreadBps is '-1' (--set): expected 0")]
    [InlineData("History:Parquet:FlushSeconds", "0", "History:Parquet:FlushSeconds is '0' (--set): expected 1…86400")]
    [InlineData("Kafka:MarketDataPartitions", "0", "Kafka:MarketDataPartitions is '0' (--set): expected 1…10000")]
    [InlineData("Cluster:SiloPort", "70000", "Cluster:SiloPort is '70000' (--set): expected 0…65535")]
    [InlineData("Execution:Parity:WindowMinutes", "0.5", "Execution:Parity:WindowMinutes is '0.5' (--set): expected 1…10080")]
    [InlineData("Agent:Portfolios:0:Id", "Main!", "Agent:Portfolios:0:Id is 'Main!' (--set): The field Id must match the regular expression")]
    [InlineData("Agent:Sizing:Method", "77", "Agent:Sizing:Method is '77' (--set): ")]
    public void Problems_WrongOverride_SaysKeySourceAndRemedy(string key, string value, string expected) =>
        Assert.Contains(expected, Assert.Single(OfOverride(key, value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Agent:Limits:MaxSpreadBps", "5")]
    [InlineData("agent:limits:maxspreadbps", "5")]
    [InlineData("Agent:Limits:MaxModelAgeDays", "")]
    [InlineData("Agent:Portfolios:0:InitialBalances:BNB", "1")]
    [InlineData("Kafka:Client:sasl.password", "x")]
    [InlineData("History:Parquet:Retention:trades", "7")]
    [InlineData("History:Parquet:Store:Kind", "s3")]
    [InlineData("Cluster:Tls:Certificate", "a.pem")]
    [InlineData("Gateway:AllowedHosts:0", "example.org")]
    [InlineData("Binance:RestBaseAddress", "http://127.0.0.1:1")]
    [InlineData("Simulator:Accounts:0:ApiKey", "x")]
    [InlineData("Logging:LogLevel:Orleans", "warning")]
    [InlineData("Logging:Console:LogLevel:Default", "None")]
    [InlineData("Kestrel:Limits:MaxConcurrentConnections", "100")]
    [InlineData("ConnectionStrings:Any", "x")]
    public void Problems_KnownOverride_None(string key, string value) => Assert.Empty(OfOverride(key, value));

    [Theory]
    [InlineData("Agent__Limits__MaxSpredBps", "environment variable Agent__Limits__MaxSpredBps")]
    [InlineData("Agnet__Limits__MaxSpreadBps", "did you mean Agent?")]
    [InlineData("Feed__Lines", "did you mean Feeds?")]
    [InlineData("BinanceTraiding__SecretKey", "did you mean BinanceTrading?")]
    [InlineData("BinanceTrading__SecretKy", "did you mean BinanceTrading:SecretKey?")]
    public void Problems_MisspeltEnvironment_SaysVariableAndNotItsValue(string variable, string expected)
    {
        var problem = Assert.Single(OfEnvironment(variable, "s3cr3t"));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PATHEXT", "/bin")]
    [InlineData("AGENTS", "3")]
    [InlineData("Agents__Name", "x")]
    [InlineData("Event__Limits", "x")]
    [InlineData("KAFKA_PORT_9092_TCP_ADDR", "10.0.0.1")]
    [InlineData("Other__Limits__MaxSpreadBps", "5")]
    [InlineData("Kafka__Client__ssl.ca.location", "x")]
    [InlineData("DOTNET_gcServer", "0")]
    public void Problems_EnvironmentOfOthers_None(string variable, string value) => Assert.Empty(OfEnvironment(variable, value));

    [Fact]
    public void Problems_File_NamesTheFile()
    {
        var json = """{ "Agent": { "Limits": { "MaxSpreadBpss": 5, "CoolDownMs": "soon" }, "Instruments": [], "Strategies": null }, "Agentt": 1 }""";
        var path = Path.Combine(Directory.CreateTempSubdirectory("btcagent-settings-").FullName, "appsettings.json");
        File.WriteAllText(path, json, Encoding.UTF8);
        try
        {
            var problems = SettingsCheck.Problems(new ConfigurationBuilder().AddJsonFile(path).Build(), []);
            Assert.Equal(3, problems.Count);
            Assert.All(problems, problem => Assert.Contains("(appsettings.json)", problem, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public void Problems_EnvironmentUnderOverride_BlamesTheOneThatCounts()
    {
        using var variables = new Variable("Agent__Limits__MaxSpreadBps", "narrow");
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables()
            .AddInMemoryCollection([new("Agent:Limits:MaxSpreadBps", "5")]).Build();
        Assert.Empty(SettingsCheck.Problems(configuration, ["Agent:Limits:MaxSpreadBps"]));
    }

    private static IReadOnlyList<string> OfOverride(string key, string value) =>
        SettingsCheck.Problems(new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build(), [key]);

    private static IReadOnlyList<string> OfEnvironment(string name, string value)
    {
        using var variable = new Variable(name, value);
        return SettingsCheck.Problems(new ConfigurationBuilder().AddEnvironmentVariables().Build(), []);
    }

    private sealed class Variable : IDisposable
    {
        private readonly string _name;
        private readonly string? _before;

        public Variable(string name, string value)
        {
            _name = name;
            _before = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, value);
        }

        public void Dispose() => Environment.SetEnvironmentVariable(_name, _before);
    }
}
