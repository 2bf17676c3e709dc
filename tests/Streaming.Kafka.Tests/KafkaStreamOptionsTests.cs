using Microsoft.Extensions.Options;

namespace BtcAgent.Streaming.Kafka.Tests;

public sealed class KafkaStreamOptionsTests
{
    private readonly KafkaStreamOptions _options = new()
    {
        BootstrapServers = "127.0.0.1:9092",
        Topics = { new KafkaTopicOptions { Name = "one" } },
    };

    [Fact]
    public void Validate_WhatIsRight_Succeeds() => Assert.True(Validate().Succeeded);

    [Fact]
    public void Validate_NoBroker_SaysWhatToGive()
    {
        _options.BootstrapServers = "";
        AssertFails("provider 'p'", "host:port");
    }

    [Fact]
    public void Validate_NoTopic_IsRefused()
    {
        _options.Topics.Clear();
        AssertFails("at least one topic");
    }

    [Theory]
    [InlineData("", 8, "Name")]
    [InlineData("with space", 8, "a-z")]
    [InlineData("ok", 0, "Partitions")]
    public void Validate_BadTopic_IsNamed(string name, int partitions, string says)
    {
        _options.Topics.Add(new KafkaTopicOptions { Name = name, Partitions = partitions });
        AssertFails($"topic '{name}'", says);
    }

    [Fact]
    public void Validate_SameTopicTwiceOrDeadLettersAsStream_IsRefused()
    {
        _options.Topics.Add(new KafkaTopicOptions { Name = "one" });
        _options.Topics.Add(new KafkaTopicOptions { Name = "dead_letters" });
        AssertFails("is listed twice", "dead-letter topic");
    }

    [Fact]
    public void Validate_AnotherProvider_IsNotItsBusiness() =>
        Assert.True(new KafkaStreamOptionsValidator("p").Validate("q", new KafkaStreamOptions()).Skipped);

    private ValidateOptionsResult Validate() => new KafkaStreamOptionsValidator("p").Validate("p", _options);

    private void AssertFails(params string[] texts)
    {
        var result = Validate();
        Assert.True(result.Failed);
        Assert.All(texts, text => Assert.Contains(text, result.FailureMessage, StringComparison.Ordinal));
    }
}
