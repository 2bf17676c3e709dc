using BtcAgent.Silo.Backups;
using Microsoft.Extensions.Configuration;

namespace BtcAgent.Silo.Tests.Backups;

public sealed class ConfigurationRecordTests
{
    [Fact]
    public void Values_HideSecretsAndForeignSections()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Agent:Limits:MaxSpreadBps"] = "10",
            ["BinanceTrading:ApiKey"] = "a key",
            ["BinanceTrading:SecretKey"] = "a secret",
            ["BinanceTrading:SecretKeyFile"] = "/run/secrets/binance",
            ["Backup:Store:SecretKey"] = "a secret",
            ["Cluster:Postgres"] = "Host=db;Password=a secret",
            ["Kafka:Client:sasl.password"] = "a secret",
            ["History:Timescale:ConnectionString"] = "Host=db;Username=btcagent",
            ["History:Redis:Connection"] = "redis:6379,password=a secret",
            ["History:Influx:Url"] = "http://writer:secret@influx:8086",
            ["History:Influx:Token"] = "a secret",
            ["History:Influx:Org"] = "pwd = a secret",
            ["History:Influx:Bucket"] = "metrics",
            ["HOME"] = "/root",
        }).Build();
        var values = ConfigurationRecord.Values(configuration).ToDictionary();

        Assert.Equal("10", values["Agent:Limits:MaxSpreadBps"]);
        Assert.Equal("metrics", values["History:Influx:Bucket"]);
        Assert.Equal("/run/secrets/binance", values["BinanceTrading:SecretKeyFile"]);
        Assert.DoesNotContain("HOME", values.Keys);
        Assert.Equal(
            [
                "Backup:Store:SecretKey", "BinanceTrading:ApiKey", "BinanceTrading:SecretKey", "Cluster:Postgres",
                "History:Influx:Org", "History:Influx:Token", "History:Influx:Url", "History:Redis:Connection", "History:Timescale:ConnectionString",
                "Kafka:Client:sasl.password",
            ],
            values.Where(pair => pair.Value == ConfigurationRecord.Redacted).Select(pair => pair.Key));
    }
}
