using BtcAgent.Cli.Output;
using BtcAgent.Cli.Replays;

namespace BtcAgent.Cli.Tests.Replays;

public sealed class KafkaSettingsTests
{
    [Fact]
    public void Parse_SeveralSettings_KeepsThemAsGiven()
    {
        var settings = KafkaSettings.Parse(["security.protocol=SASL_SSL", "sasl.password=a=b=", "ssl.ca.location = ca.pem"]);

        Assert.Equal(
            [("sasl.password", "a=b="), ("security.protocol", "SASL_SSL"), ("ssl.ca.location", "ca.pem")],
            settings.Select(setting => (setting.Key, setting.Value)).Order());
    }

    [Fact]
    public void Parse_ValueOfAFile_TakesItsFirstLine()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "secret\nnot this\n");
            Assert.Equal("secret", KafkaSettings.Parse([$"sasl.password=@{file}"])["sasl.password"]);
            File.WriteAllText(file, "");
            Assert.Contains("is empty", Refusal($"sasl.password=@{file}"), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Contains("cannot be read", Refusal($"sasl.password=@{file}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expected name=value", "security.protocol")]
    [InlineData("expected name=value", "=SSL")]
    [InlineData("given twice", "sasl.username=a", "sasl.username=b")]
    [InlineData("--from-kafka", "bootstrap.servers=elsewhere:9092")]
    [InlineData("commits nothing", "enable.auto.commit=true")]
    [InlineData("recorded offsets", "auto.offset.reset=earliest")]
    public void Parse_WhatCannotBeSet_SaysWhy(string expected, params string[] given) =>
        Assert.Contains(expected, Refusal(given), StringComparison.Ordinal);

    private static string Refusal(params string[] given) => Assert.Throws<UsageException>(() => KafkaSettings.Parse(given)).Message;
}
